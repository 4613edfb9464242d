package io.travaso.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Copies a database: sequences, tables with their rows, triggers. MariaDB has no templates. */
final class MariaDbCopy {

  private MariaDbCopy() {}

  static void fill(TestDatabase copy, TestDatabase template) {
    try (Connection from = template.connect();
        Connection to = copy.connect();
        Statement read = from.createStatement();
        Statement write = to.createStatement()) {
      write.execute("SET foreign_key_checks = 0, unique_checks = 0");
      for (String name : names(read, "table_type = 'SEQUENCE'")) {
        write.execute(made(read, "SHOW CREATE SEQUENCE " + name, 2));
        String next = made(read, "SELECT next_not_cached_value FROM " + name, 1);
        write.execute("ALTER SEQUENCE " + name + " RESTART " + next);
      }
      for (String name : names(read, "table_type <> 'SEQUENCE'")) {
        write.execute(made(read, "SHOW CREATE TABLE " + name, 2));
        String columns = columns(read, name);
        write.execute(
            "INSERT INTO %1$s (%3$s) SELECT %3$s FROM %2$s.%1$s"
                .formatted(name, template.name(), columns));
      }
      for (String name : triggers(read)) {
        write.execute(made(read, "SHOW CREATE TRIGGER " + name, 3));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot copy " + template.url() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> names(Statement statement, String which) throws SQLException {
    return all(
        statement,
        "SELECT CONCAT('`', table_name, '`') FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND "
            + which
            + " ORDER BY 1");
  }

  private static List<String> triggers(Statement statement) throws SQLException {
    return all(
        statement,
        "SELECT CONCAT('`', trigger_name, '`') FROM information_schema.triggers"
            + " WHERE trigger_schema = DATABASE() ORDER BY action_order, 1");
  }

  private static String columns(Statement statement, String table) throws SQLException {
    return String.join(
        ", ",
        all(
            statement,
            "SELECT CONCAT('`', column_name, '`') FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND CONCAT('`', table_name, '`') = '"
                + table
                + "' AND is_generated = 'NEVER' ORDER BY ordinal_position"));
  }

  private static List<String> all(Statement statement, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static String made(Statement statement, String query, int column) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(column);
    }
  }
}
