package io.travaso.database.postgres;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How rows are called in the base, and the digests of their values: 64 bits of each value's text,
 * by the functions that hash partitions are made with, whose results no version changes. 0 stands
 * for a value that nobody knows.
 */
final class PostgresDigests {
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

  private PostgresDigests() {}

  /** What a row is called, by the values it is matched by. */
  static String key(SyncTable table, Function<Column, String> value) {
    List<Column> match = table.match();
    if (match.size() == 1 && INTEGERS.contains(match.get(0).type())) {
      return "int8send(" + value.apply(match.get(0)) + "::int8)";
    }
    String text =
        match.stream()
            .map(c -> keyText(c, value.apply(c)))
            .collect(Collectors.joining(", ", "ROW(", ")::text COLLATE \"C\""));
    return "int8send(hashtextextended(%1$s, 0)) || int8send(hashtextextended(%1$s, 1))"
        .formatted(text);
  }

  /** Values that are equal as keys have one text. */
  private static String keyText(Column column, String value) {
    return column.type().endsWith("citext") ? "lower(" + value + "::text)" : value;
  }

  /** The digest of a value. */
  static String of(Column column, String value) {
    String hash =
        INTEGERS.contains(column.type())
            ? "hashint8extended(" + value + "::int8, 1)"
            : "hashtextextended(" + text(column, value) + ", 0)";
    // NULL has a digest too; none is 0.
    return "coalesce(nullif(" + hash + ", 0), 1)";
  }

  private static String text(Column column, String value) {
    return PostgresRows.text(column, value);
  }

  /** The digest of a column in an entry aliased b, or 0. */
  static String inBase(Base base, String column) {
    int index = base.columns().indexOf(column);
    return index < 0 ? "0" : "b.digests[" + (index + 1) + "]";
  }

  /** Which of a table's entries, aliased b, hold at an agreement. */
  static String holds(Base base) {
    return "b.baseline = %1$d AND b.valid_from <= %2$d AND (b.valid_to IS NULL OR b.valid_to > %2$d)"
        .formatted(base.id(), base.number());
  }

  /** The entry of a row, if it has one. */
  static String entry(Base base, String key) {
    return PostgresLedgerSql.BASE + " AS b ON " + holds(base) + " AND b.k = " + key;
  }
}
