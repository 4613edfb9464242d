package io.travaso.database.mariadb;

import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.List;
import java.util.Locale;

/**
 * Values as text of ASCII that makes exactly the same value again: bytes, and text as the bytes it
 * has in its own character set, in hexadecimal digits; choices and bits by their numbers.
 */
final class MariaDbExact {
  private MariaDbExact() {}

  private enum Form {
    HEX,
    NUMBER,
    FLOAT,
    TEXT
  }

  private static Form form(Column column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    if (type.startsWith("enum(") || type.startsWith("set(") || type.startsWith("bit")) {
      return Form.NUMBER;
    }
    if (column.kind() == ValueKind.BYTES
        || column.kind() == ValueKind.JSON_TEXT
        || column.textual()) {
      return Form.HEX;
    }
    if (type.startsWith("float")) {
      return Form.FLOAT;
    }
    return type.endsWith("zerofill") ? Form.NUMBER : Form.TEXT;
  }

  /** The text of a value. */
  static String text(Column column, String value) {
    return switch (form(column)) {
      case HEX -> "HEX(" + value + ")";
      case NUMBER -> "CONCAT(" + value + " + 0)";
      // As text a float has six digits; the double it is made of has all.
      case FLOAT -> "CONCAT(" + value + " * 1e0)";
      case TEXT -> "CONCAT(" + value + ")";
    };
  }

  /** Whether no values of these columns can come near the size of a packet. */
  static boolean areShort(List<Column> columns) {
    return columns.stream().noneMatch(MariaDbExact::isLong);
  }

  private static boolean isLong(Column column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return form(column) == Form.HEX
        && !type.contains("char(")
        && !type.contains("binary(")
        && !type.startsWith("tiny")
        && !type.equals("text")
        && !type.equals("blob");
  }

  /** About how many bytes that text has. */
  static String bytes(Column column, String value) {
    return form(column) == Form.HEX
        ? "COALESCE(2 * LENGTH(" + value + "), 0) + 4"
        : String.valueOf(16);
  }

  /** What is to be put into a column of the value's type, of an expression for the text. */
  static String value(Column column, String text) {
    return switch (form(column)) {
      // Bytes that are put into a text are its bytes.
      case HEX -> "UNHEX(" + text + ")";
      case NUMBER ->
          column.type().toLowerCase(Locale.ROOT).endsWith("zerofill")
              ? text
              : "CAST(" + text + " AS UNSIGNED)";
      case FLOAT, TEXT -> text;
    };
  }
}
