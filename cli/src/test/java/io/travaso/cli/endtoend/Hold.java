package io.travaso.cli.endtoend;

import io.travaso.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction of the application's, which keeps its locks until it is closed. */
final class Hold implements AutoCloseable {
  private final TestDatabase database;
  private final Connection connection;

  private Hold(TestDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static Hold of(TestDatabase database, String sql) {
    Connection connection = database.connect();
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return new Hold(database, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Whether somebody waits for what it holds. */
  boolean blocks() {
    return !database.waiting().isEmpty();
  }

  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
