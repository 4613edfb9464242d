package io.travaso.database.mariadb;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How entries of the base are found, always aliased b: by the values that their rows are matched
 * by.
 *
 * <p>One or two integers stand as they are, in the order of their values, so that entries are
 * appended and rows can be looked up by them. All other keys are hashed, each value by what its
 * collation tells from others.
 */
final class MariaDbEntries {
  /** How many integers there is place for. */
  private static final int MOST_INTEGERS = 2;

  private static final int INTEGER_BYTES = 8;
  private static final int HASH_BYTES = 16;
  private static final int CODE_BYTES = 8;

  /** A text of every character set. */
  private static final String SAMPLE = "'aZ 09_~'";

  private static final String SIGN = "9223372036854775808";

  private MariaDbEntries() {}

  /** The key of a row whose columns have these values. */
  static String key(SyncTable table, Function<Column, String> value) {
    if (hasIntegers(table)) {
      return table.match().stream()
          .map(c -> "LPAD(HEX(" + ordered(c, value.apply(c)) + "), 16, '0')")
          .collect(Collectors.joining(", ", "UNHEX(CONCAT(", "))"));
    }
    return "UNHEX(LEFT(" + hash(table, value) + ", " + HASH_BYTES * 2 + "))";
  }

  private static String hash(SyncTable table, Function<Column, String> value) {
    List<String> words =
        table.match().stream()
            .map(c -> "COALESCE(SHA1(" + word(c, value.apply(c)) + "), '00')")
            .toList();
    return words.size() == 1 ? words.get(0) : "SHA1(CONCAT(" + String.join(", ", words) + "))";
  }

  /** 64 bits, in hexadecimal digits, of a key that is not a single integer. */
  static String codeHex(SyncTable table, Function<Column, String> value) {
    String hash = hasIntegers(table) ? "SHA1(" + key(table, value) + ")" : hash(table, value);
    return "LEFT(" + hash + ", " + CODE_BYTES * 2 + ")";
  }

  /** The key of a row of a diff or of merged rows, aliased d. */
  static String diffKey(SyncTable table) {
    return key(table, c -> "d.k" + table.match().indexOf(c));
  }

  /** Whether a key is a single integer. */
  static boolean isInteger(SyncTable table) {
    return table.match().size() == 1 && hasIntegers(table);
  }

  /** Whether the integers that a key is made of stand in it as they are. */
  static boolean hasIntegers(SyncTable table) {
    List<Column> match = table.match();
    return match.size() <= MOST_INTEGERS && match.stream().allMatch(MariaDbEntries::isInteger);
  }

  private static boolean isInteger(Column column) {
    return column.kind() == ValueKind.INTEGER || column.kind() == ValueKind.BOOLEAN_NUMBER;
  }

  static boolean isUnsigned(Column column) {
    return column.type().contains("unsigned");
  }

  /** As a number without a sign that has the same order. */
  private static String ordered(Column column, String value) {
    return isUnsigned(column) ? value : value + " ^ " + SIGN;
  }

  /** What equal values have in common. */
  private static String word(Column column, String value) {
    String plain = MariaDbRows.plain(column, value);
    if (!plain.equals(value)) {
      return plain;
    }
    if (column.kind() == ValueKind.FLOAT) {
      // -0 becomes 0.
      return value + " * 1e0 + 0e0";
    }
    // Blanks at the end count only where the collation says so.
    return isWeighed(column)
        ? "WEIGHT_STRING(IF(COLLATION(%1$s) LIKE '%%\\\\_nopad\\\\_%%', %1$s, RTRIM(%1$s)))"
            .formatted(value)
        : value;
  }

  /**
   * A query for a word about how collations weigh the texts of keys, which is the server's own
   * affair and that of whoever alters the table; empty where keys have none.
   */
  static Optional<String> weights(SyncTable table) {
    String weights =
        table.match().stream()
            .filter(MariaDbEntries::isWeighed)
            .map(c -> word(c, "COALESCE(" + MariaDbRows.targetValue(c) + ", " + SAMPLE + ")"))
            .collect(Collectors.joining(", "));
    return weights.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "SELECT LEFT(SHA1(CONCAT(%s)), 8) FROM (SELECT 1 AS one) AS o LEFT JOIN %s AS t ON FALSE"
                .formatted(weights, MariaDbNames.quote(table.id())));
  }

  /** Whether different texts may be one key. */
  private static boolean isWeighed(Column column) {
    return column.textual() && !column.exactEquality() && MariaDbRows.plain(column, "").isEmpty();
  }

  /** Whether an entry holds at an agreement. */
  static String hold(Base base) {
    return "b.baseline = %1$d AND b.valid_from <= %2$d AND (b.valid_to IS NULL OR b.valid_to > %2$d)"
        .formatted(base.id(), base.number());
  }

  /** The entry with this key, to join with. */
  static String withKey(Base base, String key) {
    return MariaDbLedgerSql.BASE + " AS b ON " + hold(base) + " AND b.k = " + key;
  }

  /**
   * Whether a row with these values is the one that a key is of, in a form that an index answers;
   * empty where a key does not tell its values.
   */
  static Optional<String> isOf(SyncTable table, String key, Function<Column, String> value) {
    if (!hasIntegers(table)) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.range(0, table.match().size())
            .mapToObj(
                i -> {
                  Column column = table.match().get(i);
                  return value.apply(column) + " = " + integer(column, key, i);
                })
            .collect(Collectors.joining(" AND ")));
  }

  private static String integer(Column column, String key, int index) {
    String number =
        "CAST(CONV(HEX(SUBSTRING(%s, %d, %d)), 16, 10) AS UNSIGNED)"
            .formatted(key, 1 + index * INTEGER_BYTES, INTEGER_BYTES);
    return isUnsigned(column) ? number : "CAST(" + number + " ^ " + SIGN + " AS SIGNED)";
  }
}
