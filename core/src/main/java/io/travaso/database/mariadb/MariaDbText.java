package io.travaso.database.mariadb;

import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of a column are asked for, so that the server's text is all of the value. */
final class MariaDbText {
  private static final Pattern SIZE = Pattern.compile("\\((\\d+)\\)");

  private MariaDbText() {}

  /** What becomes of the server's bytes on their way to bulk text. */
  enum Form {
    /** They are the text. */
    TEXT,
    /** They are the text, and none of them can have an escape: digits and signs. */
    PLAIN,
    /** They are the value itself, and stand in hexadecimal digits. */
    BYTES,
    /** A time of which zeros at the end of the fraction mean nothing. */
    TIME
  }

  static Form form(Column column) {
    if (column.kind() == ValueKind.BYTES) {
      return Form.BYTES;
    }
    if (column.type().matches("(time|datetime|timestamp)(\\(\\d\\))?")) {
      return Form.TIME;
    }
    return switch (column.kind()) {
      case INTEGER, FLOAT -> Form.PLAIN;
      default -> Form.TEXT;
    };
  }

  /** The expression whose bytes are a column's value. */
  static String expression(Column column, String value) {
    String type = column.type().toLowerCase(Locale.ROOT);
    if (column.kind() == ValueKind.BYTES || column.kind() == ValueKind.JSON_TEXT) {
      return value;
    }
    if (type.startsWith("bit")) {
      return "LPAD(BIN(" + value + "), " + size(column, 1) + ", '0')";
    }
    if (type.startsWith("float")) {
      // As text a float has six digits; the double it is made of has all.
      return "CONCAT(" + value + " * 1e0)";
    }
    if (type.endsWith("zerofill")) {
      return "CONCAT(" + value + " + 0)";
    }
    return column.textual() && !type.startsWith("enum") && !type.startsWith("set")
        ? value
        : "CONCAT(" + value + ")";
  }

  /** The number in a type's parentheses. */
  static int size(Column column, int otherwise) {
    Matcher matcher = SIZE.matcher(column.type());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  /** Text in the order of its bytes in UTF-8, and whatever else in the order of its text. */
  static String ordered(Column column, String value) {
    if (column.textual()) {
      return "CONVERT(" + value + " USING utf8mb4) COLLATE utf8mb4_nopad_bin";
    }
    return column.isUuid() ? "CAST(" + value + " AS CHAR)" : value;
  }
}
