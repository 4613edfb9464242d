package io.travaso.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A database of a test's own. */
public final class TestDatabase implements AutoCloseable {
  private final TestServer server;
  private final String name;

  TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public TestServer server() {
    return server;
  }

  public String name() {
    return name;
  }

  public Engine engine() {
    return server.engine();
  }

  /** The address as the configuration wants it: {@code postgresql://app@127.0.0.1:PORT/NAME}. */
  public String url() {
    return "%s://%s@%s:%d/%s"
        .formatted(engine().scheme(), user(), server.host(), server.port(), name);
  }

  /** The driver's address, without user and password. */
  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password();
  }

  /** A connection as the owner of the database. */
  public Connection connect() {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    try {
      return DriverManager.getConnection(jdbcUrl(), properties);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot connect to " + url(), e);
    }
  }

  /** Runs each text, which may hold several statements, as the owner and commits it. */
  public void execute(String... texts) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : texts) {
        boolean rows = statement.execute(sql);
        // To the end, for a statement that fails is told in its turn.
        while (rows || statement.getUpdateCount() != -1) {
          rows = statement.getMoreResults();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On " + url() + ": " + e.getMessage(), e);
    }
  }

  /** Runs statements with a superuser's rights: for set-up only. */
  public void executeAsAdmin(String... statements) {
    server.executeAsAdmin(name, List.of(statements));
  }

  /**
   * The rows of a query: the server's text of each value, joined by {@code |}; NULL as {@code \N}.
   */
  public List<String> rows(String sql) {
    try (Connection connection = connect()) {
      return rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("On " + url() + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #rows}, with the rights to see everything: for set-up only. */
  List<String> rowsAsAdmin(String sql) {
    try (Connection connection = server.adminConnection(name)) {
      return rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("On " + url() + ": " + e.getMessage(), e);
    }
  }

  static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          values.add(value == null ? "\\N" : value);
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  /**
   * A table's rows, each as a text that holds all its values, in byte order.
   *
   * @param name the name as it stands in SQL
   */
  public List<String> table(String name) {
    return engine() == Engine.MARIADB
        ? MariaDbContents.table(this, name)
        : rows("SELECT x::text FROM " + name + " AS x ORDER BY x::text COLLATE \"C\"");
  }

  /** The application's tables, without what the tool remembers there, as they stand in SQL. */
  public List<String> tables() {
    return rows(
        engine() == Engine.MARIADB
            ? "SELECT CONCAT('`', REPLACE(table_name, '`', '``'), '`') FROM"
                + " information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT"
                + " LIKE 'travaso\\_%' AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER"
                + " BY 1"
            : "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN"
                + " ('pg_catalog', 'information_schema', 'travaso')"
                + " AND schemaname NOT LIKE 'pg\\_temp\\_%' ORDER BY 1");
  }

  /** Whether the tool remembers anything there. */
  public boolean hasLedger() {
    return !rows(engine() == Engine.MARIADB
            ? "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name LIKE 'travaso\\_%'"
            : "SELECT 1 FROM pg_namespace WHERE nspname = 'travaso'")
        .isEmpty();
  }

  /** What a transaction says to keep all others from writing to a table. */
  public String lock(String table) {
    return engine() == Engine.MARIADB
        ? "SELECT * FROM " + table + " FOR UPDATE"
        : "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE";
  }

  /** The sessions that wait for a lock here. */
  public List<String> waiting() {
    if (engine() == Engine.MARIADB) {
      // It looks anew only at what nobody has asked for a tenth of a second.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
    }
    return rowsAsAdmin(
        engine() == Engine.MARIADB
            ? "SELECT id FROM information_schema.processlist WHERE db = '%s'".formatted(name)
                + " AND (state LIKE 'Waiting for%lock' OR id IN (SELECT trx_mysql_thread_id FROM"
                + " information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'))"
            : "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND cardinality(pg_blocking_pids(pid)) > 0");
  }

  /** How many others are connected. */
  public int others() {
    return Integer.parseInt(
        rowsAsAdmin(
                engine() == Engine.MARIADB
                    ? "SELECT COUNT(*) - 1 FROM information_schema.processlist WHERE db = '%s'"
                        .formatted(name)
                    : "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname ="
                        + " current_database()")
            .get(0));
  }

  /** Drops the database, whoever is still connected. */
  public void drop() {
    server.drop(name);
  }

  @Override
  public void close() {
    drop();
  }
}
