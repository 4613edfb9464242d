package io.travaso.database.mariadb;

import io.travaso.table.SyncTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The codes of a table's rows, and how rows are found by them. */
final class MariaDbCodes {
  /**
   * How many keys a statement looks up. From 1000 on the server makes a table of such a list, and
   * reads all rows to look for them there.
   */
  private static final int LOOKED_UP = 900;

  private static final int HEX_DIGITS = 16;

  /** With quotes and a comma. */
  private static final int LITERAL = HEX_DIGITS + 3;

  private final SyncTable table;
  private final boolean number;

  MariaDbCodes(SyncTable table) {
    this.table = table;
    this.number = MariaDbEntries.isInteger(table);
  }

  /** Whether a code is a row's only key, by which it is looked up, and not a hash. */
  boolean areKeys() {
    return number;
  }

  /** The code of a row of the table, aliased t: a number, or in hexadecimal digits. */
  String sql() {
    return number
        ? MariaDbRows.targetValue(table.match().get(0))
        : MariaDbEntries.codeHex(table, MariaDbRows::targetValue);
  }

  /** The same in a form for {@link #read}. */
  String sent() {
    // The driver has no number for those without a sign.
    return number && isUnsigned() ? "CONCAT(" + sql() + " + 0)" : sql();
  }

  /** Reads what {@link #sent} sent. */
  long read(ResultSet row, int column) throws SQLException {
    if (!number) {
      return hexadecimal(row.getBytes(column), 0);
    }
    return isUnsigned() ? Long.parseUnsignedLong(row.getString(column)) : row.getLong(column);
  }

  /** Of sixteen digits. */
  static long hexadecimal(byte[] digits, int from) {
    long number = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      byte digit = digits[i];
      number = number << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return number;
  }

  /** The code of an entry aliased b, in bytes. */
  String ofEntry() {
    return MariaDbEntries.hasIntegers(table) && !number
        ? "UNHEX(LEFT(SHA1(b.k), " + HEX_DIGITS + "))"
        : "LEFT(b.k, 8)";
  }

  /** Reads what {@link #ofEntry} sent: a number with a sign stands with that turned round. */
  long readEntry(long sent) {
    return number && !isUnsigned() ? sent ^ Long.MIN_VALUE : sent;
  }

  private boolean isUnsigned() {
    return MariaDbEntries.isUnsigned(table.match().get(0));
  }

  /**
   * Conditions that are true of the rows, aliased t, with these codes, each of one at most; where
   * codes are keys, in their order.
   *
   * @param most bytes that a condition may have
   */
  List<String> among(long[] codes, long most) {
    List<String> literals = literals(codes);
    int size = number ? LOOKED_UP : (int) Math.max(1, most / LITERAL);
    List<String> conditions = new ArrayList<>();
    for (int from = 0; from < literals.size(); from += size) {
      conditions.add(
          literals.subList(from, Math.min(literals.size(), from + size)).stream()
              .collect(Collectors.joining(",", sql() + " IN (", ")")));
    }
    return conditions;
  }

  /** In SQL, without those that are there twice, in the order of the keys if they are keys. */
  List<String> literals(long[] codes) {
    LongStream sorted = sorted(codes);
    if (!number) {
      return sorted.mapToObj(c -> "'" + "%016x".formatted(c) + "'").toList();
    }
    return sorted
        .mapToObj(c -> isUnsigned() ? Long.toUnsignedString(c) : Long.toString(c))
        .toList();
  }

  private LongStream sorted(long[] codes) {
    long turned = number && isUnsigned() ? Long.MIN_VALUE : 0;
    return LongStream.of(codes).distinct().map(c -> c ^ turned).sorted().map(c -> c ^ turned);
  }

  /**
   * The type of a column for codes, as {@link #literals} has them: texts in the session's
   * collation, as hashes have it.
   */
  String type() {
    return number
        ? table.match().get(0).type().replace(" zerofill", "")
        : "char(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin".formatted(HEX_DIGITS);
  }
}
