package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.table.Column;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The expressions a merge's statements are made of. In all of them {@code t} is the target's table,
 * {@code s} its staged rows and {@code d} its diff.
 */
final class PostgresRows {
  private PostgresRows() {}

  static String staged(String staging) {
    return "pg_temp." + quote(staging) + " AS s";
  }

  static String diff(String diff) {
    return "pg_temp." + quote(diff) + " AS d";
  }

  /** A staged row's value of a column. */
  static String stagedValue(SyncTable table, Column column) {
    return "s." + table.stagingName(column);
  }

  static String targetValue(Column column) {
    return "t." + quote(column.name());
  }

  static String equal(Column column, String left, String right) {
    return left + " " + column.equality() + " " + right;
  }

  static String stagedMatchesTarget(SyncTable table) {
    return table.match().stream()
        .map(c -> equal(c, targetValue(c), stagedValue(table, c)))
        .collect(Collectors.joining(" AND "));
  }

  static String diffMatchesStaged(SyncTable table) {
    return diffMatches(table, c -> stagedValue(table, c));
  }

  static String diffMatchesTarget(SyncTable table) {
    return diffMatches(table, PostgresRows::targetValue);
  }

  private static String diffMatches(SyncTable table, Function<Column, String> value) {
    return diffMatches(table, "d", value);
  }

  /** Whether a row of the diff that is called so has these values as its key. */
  static String diffMatches(SyncTable table, String diff, Function<Column, String> value) {
    return IntStream.range(0, table.match().size())
        .mapToObj(
            i -> equal(table.match().get(i), diff + ".k" + i, value.apply(table.match().get(i))))
        .collect(Collectors.joining(" AND "));
  }

  /** The diff's key columns, each made by an expression. */
  static String keys(SyncTable table, Function<Column, String> value) {
    return IntStream.range(0, table.match().size())
        .mapToObj(i -> value.apply(table.match().get(i)) + " AS k" + i)
        .collect(Collectors.joining(", "));
  }

  /** Where the target has no row that matches; the columns that match are NOT NULL. */
  static String missingInTarget(SyncTable table) {
    return isNull(targetValue(table.match().get(0)));
  }

  /** Of a composite value, {@code IS NULL} would ask for its parts. */
  static String isNull(String value) {
    return value + " IS NOT DISTINCT FROM NULL";
  }

  /**
   * The columns whose values may differ between two rows that match: all but those they match by,
   * unless different texts can be equal, and those where the target's value stays.
   */
  static List<Column> compared(SyncTable table) {
    return table.written().stream()
        .filter(c -> !(table.match().contains(c) && c.exactEquality()) && !table.keepsTarget(c))
        .toList();
  }

  /** Whether any value differs; false where there is nothing to compare. */
  static String differs(SyncTable table) {
    List<Column> compared = compared(table);
    return compared.isEmpty()
        ? "false"
        : compared.stream().map(c -> differs(table, c)).collect(Collectors.joining(" OR "));
  }

  /** A type whose equality forgives different texts is compared as text. */
  static String differs(SyncTable table, Column column) {
    String target = targetValue(column);
    String staged = stagedValue(table, column);
    return column.exactEquality()
        ? target + " IS DISTINCT FROM " + staged
        : text(column, target) + " IS DISTINCT FROM " + text(column, staged);
  }

  /** A value's text, to the letter. */
  static String text(Column column, String value) {
    // The cast of bpchar to text drops the blanks at its end, its output does not.
    String text = column.type().equals("bpchar") ? "ROW(" + value + ")" : value;
    return text + "::text COLLATE \"C\"";
  }

  /** A row of the diff's key for people. */
  static String diffKeyText(SyncTable table) {
    return keyText(IntStream.range(0, table.match().size()).mapToObj(i -> "d.k" + i).toList());
  }

  /** A staged row's key for people; a key that is a reference by its natural key. */
  static String stagedKeyText(SyncTable table) {
    return keyText(naturalKey(table));
  }

  /** Where the values of the natural key stand in rows that are loaded or staged. */
  static List<String> naturalKey(SyncTable table) {
    List<String> names = new ArrayList<>();
    for (Column column : table.match()) {
      int index = table.written().indexOf(column);
      int field = index - table.primaryKey().size();
      Reference reference = field < 0 ? null : table.fields().get(field).reference();
      if (reference == null) {
        names.add("s." + SyncTable.stagingName(index));
      } else {
        IntStream.range(0, reference.match().size())
            .forEach(k -> names.add("s." + SyncTable.referenceName(index, k)));
      }
    }
    return names;
  }

  static String keyText(List<String> values) {
    return "concat_ws(', ', "
        + values.stream().map(v -> v + "::text").collect(Collectors.joining(", "))
        + ")";
  }
}
