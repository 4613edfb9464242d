package io.travaso.cli.endtoend;

import io.travaso.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** A transaction of the application's, which keeps its locks until it is closed. */
final class Hold implements AutoCloseable {
  private final TestDatabase database;
  private final Connection connection;
  private final int pid;

  private Hold(TestDatabase database, Connection connection) throws SQLException {
    this.database = database;
    this.connection = connection;
    this.pid = connection.unwrap(PGConnection.class).getBackendPID();
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
    return !database
        .rows(
            "SELECT 1 FROM pg_stat_activity WHERE %d = ANY (pg_blocking_pids(pid))".formatted(pid))
        .isEmpty();
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
