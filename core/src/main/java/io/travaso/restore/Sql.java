package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One session of its own, which speaks to the server without a pool in between. */
final class Sql implements AutoCloseable {
  private final Database database;
  private final Handle handle;

  private Sql(Database database, Handle handle) {
    this.database = database;
    this.handle = handle;
  }

  static Sql connect(ConnectionSettings settings) {
    Database database = Database.open(settings);
    try {
      return new Sql(database, database.session());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Runs a statement.
   *
   * @param doing what for, for the message if it fails
   */
  void run(String doing, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw database.dialect().explain(doing, e);
    }
  }

  /** Runs a statement; the server's error, where it said no. */
  Optional<SQLException> tried(String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    }
  }

  /** The rows of a query, each value as text; NULL as an empty text. */
  List<List<String>> rows(String doing, String sql) {
    try (Statement statement = handle.getConnection().createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw database.dialect().explain(doing, e);
    }
  }

  /** The first column of a query. */
  List<String> column(String doing, String sql) {
    return rows(doing, sql).stream().map(row -> row.get(0)).toList();
  }

  String quote(String name) {
    return database.dialect().quote(name);
  }

  String literal(String text) {
    return database.dialect().literal(text);
  }

  Handle handle() {
    return handle;
  }

  Connection connection() {
    return handle.getConnection();
  }

  SyncException explain(String doing, SQLException failure) {
    return database.dialect().explain(doing, failure);
  }

  @Override
  public void close() {
    handle.close();
    database.close();
  }
}
