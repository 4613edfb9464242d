package io.travaso.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A database of a test's own. */
public final class TestDatabase implements AutoCloseable {
  private final PostgresServer server;
  private final String name;

  TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public PostgresServer server() {
    return server;
  }

  public String name() {
    return name;
  }

  /** The address as the configuration wants it: {@code postgresql://app@127.0.0.1:PORT/NAME}. */
  public String url() {
    return "postgresql://%s@%s:%d/%s".formatted(user(), server.host(), server.port(), name);
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
        statement.execute(sql);
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
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
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
    } catch (SQLException e) {
      throw new IllegalStateException("On " + url() + ": " + e.getMessage(), e);
    }
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
