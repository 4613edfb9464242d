package io.travaso.testing;

import java.util.ArrayList;
import java.util.List;

/** The rows of a MariaDB database as text in which nothing is lost. */
final class MariaDbContents {
  /**
   * Binary values in hex, for they are no text; FLOAT as the double it is. Without what the server
   * says of a row: since when, and until when it is the present one.
   */
  private static final String COLUMNS =
      """
      SELECT CASE
          WHEN data_type IN ('bit', 'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob',
              'geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon',
              'geometrycollection') THEN CONCAT('HEX(', q, ')')
          WHEN data_type = 'float' THEN CONCAT(q, '*1e0')
          WHEN data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set') THEN q
          ELSE CONCAT('CONCAT(', q, ')') END
        FROM (SELECT *, CONCAT('`', REPLACE(column_name, '`', '``'), '`') AS q FROM information_schema.columns
               WHERE table_schema = DATABASE() AND table_name = '%s'
                 AND COALESCE(generation_expression, '') NOT IN ('ROW START', 'ROW END')) AS c
       ORDER BY ordinal_position""";

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') %s"
          + " ORDER BY table_name";

  private MariaDbContents() {}

  static List<String> of(TestDatabase database, String which) {
    List<String> all = new ArrayList<>();
    for (String table : database.rows(TABLES.formatted(which))) {
      String name = "`" + table.replace("`", "``") + "`";
      table(database, name).forEach(row -> all.add(table + "|" + row));
    }
    return all;
  }

  /**
   * A table's rows.
   *
   * @param name the name as it stands in SQL
   */
  static List<String> table(TestDatabase database, String name) {
    String plain =
        name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    String literal = plain.replace("\\", "\\\\").replace("'", "''");
    String columns = String.join(", ", database.rows(COLUMNS.formatted(literal)));
    return database.rows("SELECT " + columns + " FROM " + name).stream().sorted().toList();
  }

  /** Where each AUTO_INCREMENT and each sequence stands. */
  static List<String> counters(TestDatabase database) {
    List<String> all = new ArrayList<>();
    database
        .rows(
            "SELECT table_name, auto_increment FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND auto_increment IS NOT NULL ORDER BY 1")
        .forEach(all::add);
    for (String sequence :
        database.rows(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE' ORDER BY 1")) {
      String name = "`" + sequence.replace("`", "``") + "`";
      database
          .rows("SELECT next_not_cached_value FROM " + name)
          .forEach(next -> all.add(sequence + "|" + next));
    }
    return all;
  }
}
