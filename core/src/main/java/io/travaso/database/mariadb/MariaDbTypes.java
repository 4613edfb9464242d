package io.travaso.database.mariadb;

import io.travaso.table.ValueKind;
import java.util.Locale;
import java.util.Set;

/** How values of MariaDB's types stand in a fixture, and whether equal means equal text. */
final class MariaDbTypes {
  /**
   * Types whose {@code =} holds only between values of equal text. Not among them: what has a
   * collation, and float and double (0 = -0).
   */
  private static final Set<String> EXACT =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "bit",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp",
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "uuid",
          "inet4",
          "inet6");

  private static final Set<String> BYTES =
      Set.of(
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "vector");

  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private MariaDbTypes() {}

  /**
   * The kind of a type.
   *
   * @param dataType its name alone: {@code int}
   * @param columnType with all that belongs to it: {@code int(10) unsigned}
   */
  static ValueKind kind(String dataType, String columnType) {
    if (columnType.equals("json")) {
      return ValueKind.JSON_TEXT;
    }
    if (columnType.equals("tinyint(1)")) {
      return ValueKind.BOOLEAN_NUMBER;
    }
    if (INTEGERS.contains(dataType)) {
      return ValueKind.INTEGER;
    }
    if (BYTES.contains(dataType)) {
      return ValueKind.BYTES;
    }
    return switch (dataType) {
      case "float", "double" -> ValueKind.FLOAT;
      case "datetime", "timestamp" -> ValueKind.TIMESTAMP;
      default -> ValueKind.TEXT;
    };
  }

  /** Whether values that are equal have the same text. */
  static boolean isExact(String dataType, String collation) {
    return collation.isEmpty()
        ? EXACT.contains(dataType)
        : collation.toLowerCase(Locale.ROOT).endsWith("_nopad_bin");
  }
}
