package io.travaso.merge;

import io.travaso.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL writes a whole row, whatever the engine: {@code (1,,"a b")}. */
final class Records {
  private Records() {}

  /** A table's rows in byte order. */
  static List<String> of(TestDatabase database, String table) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(text(result.getString(column)));
        }
        rows.add("(" + String.join(",", values) + ")");
      }
      rows.sort(
          Comparator.comparing(r -> r.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("On " + database.url() + ": " + e.getMessage(), e);
    }
  }

  private static String text(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean quoted =
        value.isEmpty() || value.chars().anyMatch(c -> "(),\"\\".indexOf(c) >= 0 || c <= ' ');
    return quoted ? '"' + value.replace("\\", "\\\\").replace("\"", "\"\"") + '"' : value;
  }
}
