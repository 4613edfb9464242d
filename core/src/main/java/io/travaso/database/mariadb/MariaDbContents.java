package io.travaso.database.mariadb;

import io.travaso.table.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What columns of MariaDB's types can hold, in words that all engines share. */
final class MariaDbContents {
  private static final Pattern NUMBERS = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");
  private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'");

  /** What JSON_VALID takes, in every version. */
  private static final int JSON_DEPTH = 31;

  private MariaDbContents() {}

  /**
   * What a column can hold.
   *
   * @param type with all that belongs to it: {@code int(10) unsigned}
   * @param charset the server's name of its character set; null where it has none
   * @param octets how many bytes a text or binary has at most; null where it has no bound
   * @param utc whether a datetime is known to be kept in UTC
   */
  static Content of(
      String dataType, String type, @Nullable String charset, @Nullable Long octets, boolean utc) {
    boolean unsigned = type.contains("unsigned");
    Matcher matcher = NUMBERS.matcher(type);
    boolean measured = matcher.find();
    int first = measured ? Integer.parseInt(matcher.group(1)) : 0;
    int second = measured && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : 0;
    return switch (dataType) {
      case "tinyint" ->
          type.equals("tinyint(1)")
              ? new Content.Truth(Content.Whole.signed(1))
              : whole(1, unsigned);
      case "smallint" -> whole(2, unsigned);
      case "mediumint" -> whole(3, unsigned);
      case "int" -> whole(4, unsigned);
      case "bigint" -> whole(8, unsigned);
      case "decimal" -> new Content.Decimal(first, second, false, !unsigned);
      case "float", "double" ->
          // With digits of its own it rounds to them.
          measured && matcher.group(2) != null
              ? new Content.Other()
              : new Content.FloatingPoint(dataType.equals("float"), false);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          type.equals("json")
              ? new Content.Document(Content.Spelling.KEPT, JSON_DEPTH)
              : text(dataType, first, charset, octets);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          new Content.Binary(octets == null ? Content.ANY : octets, dataType.equals("binary"));
      case "bit" -> new Content.Bits(Math.max(1, first), true);
      case "datetime" ->
          new Content.Timestamp(
              utc, /* plain= */ true, first, "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999");
      case "timestamp" ->
          new Content.Timestamp(
              /* moment= */ true,
              /* plain= */ true,
              first,
              "1970-01-01 00:00:01",
              "2038-01-19 03:14:07.999999");
      case "date" -> new Content.Day();
      case "time" -> new Content.TimeOfDay(first);
      case "uuid" -> new Content.Uuid();
      case "inet4", "inet6" -> new Content.Address();
      case "year" -> new Content.Year();
      case "enum" -> new Content.Label(words(type));
      default -> new Content.Other();
    };
  }

  private static Content whole(int bytes, boolean unsigned) {
    return unsigned ? Content.Whole.unsigned(bytes) : Content.Whole.signed(bytes);
  }

  private static Content text(
      String dataType, int length, @Nullable String charset, @Nullable Long octets) {
    boolean bounded = dataType.equals("char") || dataType.equals("varchar");
    return new Content.Text(
        bounded ? length : Content.ANY,
        octets == null ? Content.ANY : octets,
        dataType.equals("char"),
        charset == null ? Content.Text.ANY_CHARSET : java(charset),
        true);
  }

  private static String java(String charset) {
    return switch (charset.toLowerCase(Locale.ROOT)) {
      case "utf8mb4" -> Content.Text.UTF8;
      case "utf8mb3", "utf8" -> Content.Text.UTF8_BASIC;
      case "latin1" -> "windows-1252";
      case "ascii" -> "US-ASCII";
      default -> Content.Text.ANY_CHARSET;
    };
  }

  private static List<String> words(String type) {
    List<String> words = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(type);
    while (quoted.find()) {
      words.add(quoted.group(1).replace("''", "'"));
    }
    return words;
  }
}
