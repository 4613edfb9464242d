package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values made into those of a column's type, as far as the server has a cast to it. */
final class MariaDbCasts {
  private static final Pattern TYPE =
      Pattern.compile("([a-z0-9]+)(\\([0-9, ]+\\))?(.*)", Pattern.DOTALL);
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit");
  private static final Set<String> SAME =
      Set.of("date", "datetime", "time", "uuid", "inet4", "inet6", "float", "double", "decimal");
  private static final Set<String> BYTES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  private MariaDbCasts() {}

  /**
   * An expression as a value of a type.
   *
   * @param charset the column's, if it has one
   * @param collation the column's, if it has one
   */
  static String cast(
      String expression, String type, @Nullable String charset, @Nullable String collation) {
    if (charset != null && collation != null) {
      return "CAST(%s AS CHAR CHARACTER SET %s) COLLATE %s"
          .formatted(expression, quote(charset), quote(collation));
    }
    return cast(expression, type);
  }

  /**
   * An expression as a value of a type; a text stays as it is, so that it is compared by the
   * collation of what it is compared with.
   */
  static String cast(String expression, String type) {
    Matcher parts = TYPE.matcher(type);
    if (!parts.matches()) {
      return expression;
    }
    String name = parts.group(1);
    String size = parts.group(2) == null ? "" : parts.group(2);
    if (INTEGERS.contains(name)) {
      boolean signed = !parts.group(3).contains("unsigned") && !name.equals("bit");
      return "CAST(%s AS %s)".formatted(expression, signed ? "SIGNED" : "UNSIGNED");
    }
    if (name.equals("timestamp")) {
      return "CAST(%s AS DATETIME%s)".formatted(expression, size);
    }
    if (SAME.contains(name)) {
      String modifiers = name.equals("double") || name.equals("float") ? "" : size;
      return "CAST(%s AS %s%s)".formatted(expression, name.toUpperCase(Locale.ROOT), modifiers);
    }
    return BYTES.contains(name) ? "CAST(%s AS BINARY)".formatted(expression) : expression;
  }
}
