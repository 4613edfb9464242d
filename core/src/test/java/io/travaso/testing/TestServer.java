package io.travaso.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server for tests, and the databases on it.
 *
 * <p>Databases belong to the role {@link #user}, which has no rights beyond them: a test that
 * passes does not owe it to a superuser.
 */
public abstract sealed class TestServer implements AutoCloseable
    permits PostgresServer, MariaDbServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Engine engine;
  private final RunningServer running;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

  TestServer(Engine engine, RunningServer running) {
    this.engine = engine;
    this.running = running;
  }

  public Engine engine() {
    return engine;
  }

  /** An empty database that belongs to {@link #user}. */
  public TestDatabase newDatabase() {
    String name = newName();
    create(name);
    return new TestDatabase(this, name);
  }

  /** A copy of a database nobody is connected to. */
  public TestDatabase newDatabase(TestDatabase template) {
    String name = newName();
    copy(template, name);
    return new TestDatabase(this, name);
  }

  private String newName() {
    String name = prefix() + DATABASES.incrementAndGet();
    databases.add(name);
    return name;
  }

  /** What the names of this JVM's databases begin with. */
  static String prefix() {
    return "t%d_".formatted(ProcessHandle.current().pid());
  }

  public String host() {
    return running.host();
  }

  public int port() {
    return running.port();
  }

  /** The version's first number: 15 of PostgreSQL 15.4, 10 of MariaDB 10.11.6. */
  public abstract int majorVersion();

  /** The release as its users call it: 15, or 10.11. */
  public abstract String version();

  /** The role without special rights that owns the databases. */
  public abstract String user();

  public abstract String password();

  /** The folder of this server's own programs, if they are on this machine. */
  public Optional<Path> binDirectory() {
    return running.binDirectory();
  }

  /** A folder with programs that can dump and restore this server's databases, if there is one. */
  public abstract Optional<Path> dumpDirectory();

  /** Runs statements with the rights to set things up; never what a test is about. */
  public void executeAsAdmin(String... statements) {
    executeAsAdmin(running.adminDatabase(), List.of(statements));
  }

  void executeAsAdmin(String database, List<String> statements) {
    try (Connection connection = adminConnection(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Set-up on " + this + " failed: " + e.getMessage(), e);
    }
  }

  Connection adminConnection(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", running.adminUser());
    properties.setProperty("password", running.adminPassword());
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** The driver's address, set so that getString gives what the server says. */
  abstract String jdbcUrl(String database);

  abstract void create(String database);

  abstract void copy(TestDatabase template, String database);

  /** Sends everybody away and leaves a database as if it were new. */
  abstract void empty(TestDatabase database);

  /** Drops a database, whoever is still connected. */
  final void drop(String database) {
    remove(database);
    databases.remove(database);
  }

  abstract void remove(String database);

  /** Removes what the tests made on somebody else's server, when they end. */
  final void leaveAtTheEnd(String role) {
    if (!running.isOurs()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(role), "leave the server"));
    }
  }

  private void leave(String role) {
    List.copyOf(databases).forEach(this::drop);
    if (!role.equals(running.adminUser())) {
      executeAsAdmin((engine == Engine.MARIADB ? "DROP USER " : "DROP ROLE ") + role);
    }
  }

  /** Stops the server at once, as a crash would, and starts it again on the same port. */
  public void restart() {
    running.restart();
  }

  @Override
  public abstract String toString();

  @Override
  public void close() {
    running.stop();
  }
}
