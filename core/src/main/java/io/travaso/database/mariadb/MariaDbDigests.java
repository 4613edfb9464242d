package io.travaso.database.mariadb;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an entry of the base holds of a row: a digest of the whole row, 64 bits, and then one of
 * each column, 48 bits, of the bytes of its value. That of a row spares most rows those of their
 * columns, which cost twice as much. All zeros stand for what nobody knows.
 *
 * <p>A change goes unseen when the new value has the digest of the old one: one time in 2.8 · 10¹⁴.
 * SHA1, because MD5 takes twice as long in MariaDB.
 */
final class MariaDbDigests {
  private static final int ROW_BYTES = 8;
  private static final int BYTES = 6;

  /** The digest of NULL, in hexadecimal digits. */
  private static final String NULL = "'000000000001'";

  /** In hexadecimal digits. */
  static final String UNKNOWN_ROW = "'0000000000000000'";

  static final String UNKNOWN = "'000000000000'";

  /** Types that take no text but that of their values. */
  private static final Set<String> OF_THEIR_OWN = Set.of("uuid", "inet4", "inet6");

  private MariaDbDigests() {}

  /** The digest of a value, in hexadecimal digits. */
  static String hex(Column column, String value) {
    return "COALESCE(LEFT(SHA1(%s), %d), %s)".formatted(digested(column, value), BYTES * 2, NULL);
  }

  /** The digest of a value, in bytes. */
  static String of(Column column, String value) {
    return "UNHEX(" + hex(column, value) + ")";
  }

  /** The bytes that are digested: a choice by its number, a FLOAT as the double it is. */
  private static String digested(Column column, String value) {
    return column.kind() == ValueKind.FLOAT ? value + " * 1e0" : MariaDbRows.plain(column, value);
  }

  /** The digest of these columns of a row, in hexadecimal digits. */
  static String rowHex(List<Column> columns, Function<Column, String> value) {
    return columns.isEmpty()
        ? UNKNOWN_ROW
        : columns.stream()
            .map(c -> part(c, value.apply(c)))
            .collect(Collectors.joining(", ", "LEFT(SHA1(CONCAT(", ")), " + ROW_BYTES * 2 + ")"));
  }

  /** A value between others: where one ends and the next begins is always seen. */
  private static String part(Column column, String value) {
    String digested = digested(column, value);
    if (isLong(column)) {
      return "COALESCE(SHA1(" + digested + "), 'N')";
    }
    if (column.textual() || column.kind() == ValueKind.BYTES || column.type().startsWith("bit")) {
      return "COALESCE(CONCAT(LENGTH(%1$s), ':', BINARY %1$s), 'N')".formatted(digested);
    }
    // 'N' is no address, and no UUID.
    return OF_THEIR_OWN.contains(column.type())
        ? "COALESCE(CONCAT(" + digested + "), 'N'), ','"
        : "COALESCE(" + digested + ", 'N'), ','";
  }

  private static boolean isLong(Column column) {
    return column.type().endsWith("text")
        || column.type().endsWith("blob")
        || column.type().equals("json")
        || (column.kind() == ValueKind.BYTES && !column.type().contains("binary("));
  }

  /**
   * What becomes an entry's digests, all in hexadecimal digits.
   *
   * @param row of all its columns, or unknown
   */
  record Entry(String row, List<String> columns) {

    /** With a row that nobody knows the digest of. */
    Entry(List<String> columns) {
      this(UNKNOWN_ROW, columns);
    }

    /** As they are stored. */
    String sql() {
      return "UNHEX(CONCAT(" + row + columns(", ", ", ") + "))";
    }

    /** Whether an entry aliased b has others. */
    String isOther() {
      String others =
          columns.isEmpty()
              ? "FALSE"
              : "SUBSTRING(b.digests, %d) <> UNHEX(CONCAT(%s))"
                  .formatted(ROW_BYTES + 1, columns("", ", "));
      return row.equals(UNKNOWN_ROW)
          ? others
          : "LEFT(b.digests, %d) <> UNHEX(%s) AND %s".formatted(ROW_BYTES, row, others);
    }

    private String columns(String before, String between) {
      return columns.stream()
          .collect(Collectors.joining(between, columns.isEmpty() ? "" : before, ""));
    }
  }

  /** The digest of the row in an entry, whose digests this is. */
  static String ofRow(String digests) {
    return "LEFT(" + digests + ", " + ROW_BYTES + ")";
  }

  /** The digest of a column in an entry of a base, whose digests this is; or that nobody knows. */
  static String in(Base base, String digests, String column) {
    int index = base.columns().indexOf(column);
    return index < 0
        ? "UNHEX(" + UNKNOWN + ")"
        : "SUBSTRING(%s, %d, %d)".formatted(digests, ROW_BYTES + 1 + index * BYTES, BYTES);
  }

  /** The same in hexadecimal digits; unknown where there is no entry. */
  static String hexIn(Base base, String digests, String column) {
    return base.columns().contains(column)
        ? "COALESCE(HEX(" + in(base, digests, column) + "), " + UNKNOWN + ")"
        : UNKNOWN;
  }
}
