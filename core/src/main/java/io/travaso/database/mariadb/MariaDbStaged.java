package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A temporary table whose columns have the types, character sets and collations of columns that
 * exist, and take NULL.
 */
final class MariaDbStaged {
  /** Bytes of all columns an index may have; each gets a quarter at most. */
  private static final int MOST_INDEXED = 4;

  private static final int INDEXED_CHARACTERS = 190;
  private static final int INDEXED_BYTES = 700;

  /** Where a type has no length of its own. */
  private static final int SHORTEST = 60;

  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");

  private final List<String> definitions = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private final StringBuilder sources = new StringBuilder("(SELECT 1 AS one) AS o");

  /** Takes the columns of a table or query from here on. */
  MariaDbStaged from(String relation, String alias) {
    sources.append(" LEFT JOIN ").append(relation).append(" AS ").append(alias).append(" ON FALSE");
    return this;
  }

  /**
   * Adds a column.
   *
   * @param like the column whose type it has
   * @param sql that column, in what it is taken from
   */
  MariaDbStaged column(String name, Column like, String sql) {
    if (like.textual()) {
      // Of its collation; since 11.4 the column itself would bring its CHECK along.
      selected.add("MIN(" + sql + ") AS " + name);
      return this;
    }
    // One with ON UPDATE would be set to the present whenever its row is updated.
    return column(name, like.type());
  }

  /** Adds a column of this type. */
  MariaDbStaged column(String name, String type) {
    definitions.add(name + " " + type + " NULL DEFAULT NULL");
    return this;
  }

  /** Adds a column for texts of any length, with the character set of this one. */
  MariaDbStaged longer(String name, String sql) {
    selected.add("REPEAT(%s, 16777216) AS %s".formatted(sql, name));
    return this;
  }

  /** Adds a column for JSON, which nobody looks at here. */
  MariaDbStaged document(String name) {
    return column(name, "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }

  MariaDbStaged index(String index) {
    if (!index.isEmpty()) {
      definitions.add(index);
    }
    return this;
  }

  String create(String name) {
    String query =
        selected.isEmpty()
            ? ""
            : " AS SELECT " + String.join(", ", selected) + " FROM " + sources + " LIMIT 0";
    return create(name, definitions) + query;
  }

  /** The beginning of a statement that makes a temporary table. */
  static String create(String name, List<String> definitions) {
    return "CREATE TEMPORARY TABLE "
        + quote(name)
        + (definitions.isEmpty() ? "" : " (" + String.join(", ", definitions) + ")")
        + " ENGINE=InnoDB";
  }

  /** An index over columns that have these names and the types of these columns. */
  static String index(List<Column> columns, List<String> names) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size() && parts.size() < MOST_INDEXED; i++) {
      String part = indexed(columns.get(i).type());
      if (part != null) {
        parts.add(names.get(i) + part);
      }
    }
    return parts.isEmpty() ? "" : "INDEX (" + String.join(", ", parts) + ")";
  }

  /** The part of a column that an index takes: nothing for all of it, null for none. */
  private static @Nullable String indexed(String type) {
    String name = type.replaceFirst("[^a-z0-9].*", "");
    Matcher length = LENGTH.matcher(type);
    int declared = length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE;
    return switch (name) {
      case "char", "varchar" -> declared > INDEXED_CHARACTERS ? "(" + INDEXED_CHARACTERS + ")" : "";
      case "binary", "varbinary" -> declared > INDEXED_BYTES ? "(" + INDEXED_BYTES + ")" : "";
      case "tinytext", "tinyblob" -> "(" + SHORTEST + ")";
      case "text", "mediumtext", "longtext", "json" -> "(" + INDEXED_CHARACTERS + ")";
      case "blob", "mediumblob", "longblob" -> "(" + INDEXED_BYTES + ")";
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "vector" ->
          null;
      default -> "";
    };
  }
}
