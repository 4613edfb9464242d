package io.travaso.database.mariadb;

import io.travaso.table.Column;
import io.travaso.table.Content;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values inside of JSON documents, in lists of links and generic relations: spelled as PostgreSQL
 * spells them, so that either engine takes the other's.
 */
final class MariaDbJson {
  private static final Pattern BITS = Pattern.compile("bit\\((\\d+)\\)");

  private MariaDbJson() {}

  /** The JSON text of a value: integers and truths as they are, all else as a string. */
  static String value(Column column, String expression) {
    String json =
        switch (column.kind()) {
          case INTEGER -> "CAST(%s + 0 AS CHAR)".formatted(expression);
          case BOOLEAN, BOOLEAN_NUMBER ->
              "CASE %1$s WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE CAST(%1$s + 0 AS CHAR) END"
                  .formatted(expression);
          default -> "JSON_QUOTE(" + text(column, expression) + ")";
        };
    return "COALESCE(" + json + ", 'null')";
  }

  /** The JSON text of a list. */
  static String list(List<Column> columns, java.util.function.IntFunction<String> expression) {
    return IntStream.range(0, columns.size())
        .mapToObj(k -> value(columns.get(k), expression.apply(k)))
        .collect(Collectors.joining(", ', ', ", "CONCAT('[', ", ", ']')"));
  }

  private static String text(Column column, String expression) {
    Matcher bits = BITS.matcher(column.type());
    if (bits.matches()) {
      return "LPAD(BIN(%s + 0), %s, '0')".formatted(expression, bits.group(1));
    }
    String text = characters(expression);
    return switch (column.kind()) {
      case BYTES -> "CONCAT('\\\\x', LOWER(HEX(%s)))".formatted(expression);
      case FLOAT -> characters(expression + " * 1e0");
      case TIMESTAMP ->
          isMoment(column) ? "CONCAT(" + shortened(text) + ", '+00')" : shortened(text);
      default -> column.type().startsWith("time") ? shortened(text) : text;
    };
  }

  private static String characters(String expression) {
    return "CAST(" + expression + " AS CHAR CHARACTER SET utf8mb4)";
  }

  /** Without zeros at the end of its fraction. */
  private static String shortened(String text) {
    return "CASE WHEN %1$s LIKE '%%.%%' THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM %1$s)) ELSE %1$s END"
        .formatted(text);
  }

  private static boolean isMoment(Column column) {
    return column.content() instanceof Content.Timestamp timestamp && timestamp.moment();
  }

  /**
   * A value that a column takes.
   *
   * @param text of the JSON value, a string's without its quotes; NULL for null
   */
  static String read(Column column, String text) {
    if (BITS.matcher(column.type()).matches()) {
      return "CAST(CONV(%s, 2, 10) AS UNSIGNED)".formatted(text);
    }
    return switch (column.kind()) {
      case BOOLEAN, BOOLEAN_NUMBER ->
          "CASE %1$s WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE %1$s END".formatted(text);
      case BYTES -> "UNHEX(SUBSTR(%s, 3))".formatted(text);
      case TIMESTAMP ->
          "REPLACE(TRIM(TRAILING 'Z' FROM TRIM(TRAILING '+00' FROM %s)), 'T', ' ')".formatted(text);
      default -> text;
    };
  }

  /**
   * The text of a document's k-th element, NULL for null. It has the collation of whatever it is
   * compared with.
   */
  static String element(String document, int k) {
    return "CASE WHEN JSON_TYPE(%1$s) <> 'NULL' THEN JSON_UNQUOTE(%1$s) END"
        .formatted("JSON_EXTRACT(%s, '$[%d]')".formatted(document, k));
  }

  /** A value as a text that has the collation of whatever it is compared with. */
  static String coercible(String expression) {
    return "JSON_UNQUOTE(JSON_QUOTE(" + characters(expression) + "))";
  }

  /** By its bytes in UTF-8, whatever its collation. */
  static String ordered(Column column, String expression) {
    return column.textual() || column.isUuid() ? "BINARY " + characters(expression) : expression;
  }

  /** Whether a JSON value's text is none that a column of integers takes as it stands. */
  static String unfit(Column column, String text) {
    return switch (column.kind()) {
      // The server would round 1.5 without a word.
      case INTEGER -> text + " NOT REGEXP '^-?[0-9]+$'";
      case BOOLEAN, BOOLEAN_NUMBER -> text + " NOT REGEXP '^(-?[0-9]+|true|false)$'";
      default -> "FALSE";
    };
  }
}
