package io.travaso.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests, and the databases on it.
 *
 * <p>Databases belong to the role {@link #user}, which has no rights beyond them: a test that
 * passes does not owe it to a superuser.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Map<Integer, PostgresServer> VERSIONS = new ConcurrentHashMap<>();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final RunningPostgres running;
  private final String user;
  private final String password;
  private final int majorVersion;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

  private PostgresServer(RunningPostgres running) {
    this.running = running;
    try (Connection connection = adminConnection(running.adminDatabase())) {
      this.majorVersion = connection.getMetaData().getDatabaseMajorVersion();
      TestRole role = TestRole.on(connection, running);
      this.user = role.name();
      this.password = role.password();
      if (!running.isOurs()) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(role), "leave PostgreSQL"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot set up the test role on " + running.describe(), e);
    }
  }

  /**
   * The server all tests of this JVM share, found as {@link PostgresSearch} says and stopped with
   * the JVM.
   *
   * @throws IllegalStateException if no server can be had; the message names the four ways
   */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /**
   * A server of the given major version, from the binaries on Maven Central; started once per JVM.
   * The build fetches 12 and 18, and those between with {@code -Pall-postgres}.
   */
  public static PostgresServer ofVersion(int major) {
    return VERSIONS.computeIfAbsent(
        major, m -> new PostgresServer(PostgresCluster.start(PostgresBinaries.fromMaven(m))));
  }

  /**
   * A server of each version there is, the oldest first: {@link #shared}, and those the build
   * fetched of other major versions.
   */
  public static List<PostgresServer> everyVersion() {
    List<PostgresServer> servers = new ArrayList<>(List.of(shared()));
    for (int major : PostgresBinaries.fetchedVersions()) {
      if (major != shared().majorVersion()) {
        servers.add(ofVersion(major));
      }
    }
    servers.sort(Comparator.comparingInt(PostgresServer::majorVersion));
    return servers;
  }

  /** A server of the test's own, which it may {@link #restart} and has to close. */
  public static PostgresServer start() {
    return new PostgresServer(PostgresCluster.start(PostgresSearch.binaries()));
  }

  /** An empty database that belongs to {@link #user}. */
  public TestDatabase newDatabase() {
    return create("");
  }

  /** A copy of a database nobody is connected to. */
  public TestDatabase newDatabase(TestDatabase template) {
    return create(" TEMPLATE " + template.name());
  }

  private TestDatabase create(String options) {
    String name = "t%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    executeAsAdmin("CREATE DATABASE " + name + " OWNER " + user + options);
    databases.add(name);
    return new TestDatabase(this, name);
  }

  public String host() {
    return running.host();
  }

  public int port() {
    return running.port();
  }

  public int majorVersion() {
    return majorVersion;
  }

  /** The role without special rights that owns the databases. */
  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** The folder of this server's own programs, if they are on this machine. */
  public Optional<Path> binDirectory() {
    return running.binDirectory();
  }

  /**
   * A folder with a pg_dump and pg_restore that are not older than this server, if there is one.
   */
  public Optional<Path> dumpDirectory() {
    return PostgresBinaries.installed().stream()
        .filter(binaries -> binaries.majorVersion() >= majorVersion && binaries.hasDumpTools())
        .map(PostgresBinaries::directory)
        .findFirst();
  }

  /** Runs statements with the rights to set things up; never what a test is about. */
  public void executeAsAdmin(String... statements) {
    executeAsAdmin(running.adminDatabase(), List.of(statements));
  }

  /** Drops a database, whoever is still connected. */
  void drop(String database) {
    executeAsAdmin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'",
        "DROP DATABASE IF EXISTS " + database);
    databases.remove(database);
  }

  /** Removes what the tests made on somebody else's server. */
  private void leave(TestRole role) {
    List.copyOf(databases).forEach(this::drop);
    if (!role.name().equals(running.adminUser())) {
      executeAsAdmin("DROP ROLE " + role.name());
    }
  }

  void executeAsAdmin(String database, List<String> statements) {
    try (Connection connection = adminConnection(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Set-up on " + running.describe() + " failed", e);
    }
  }

  /** Stops the server at once, as a crash would, and starts it again on the same port. */
  public void restart() {
    running.restart();
  }

  @Override
  public String toString() {
    return "PostgreSQL " + majorVersion;
  }

  @Override
  public void close() {
    running.stop();
  }

  String jdbcUrl(String database) {
    // Text on the wire, so that getString gives what the server says.
    return "jdbc:postgresql://%s:%d/%s?binaryTransfer=false&prepareThreshold=0"
        .formatted(host(), port(), database);
  }

  private Connection adminConnection(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", running.adminUser());
    properties.setProperty("password", running.adminPassword());
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  private static final class Shared {
    static final PostgresServer SERVER = new PostgresServer(PostgresSearch.server());
  }

  /** The role that owns the databases of one server. */
  private record TestRole(String name, String password) {

    /** Makes the role; on somebody else's server without the right to, the given role itself. */
    static TestRole on(Connection admin, RunningPostgres running) throws SQLException {
      if (!isSuperuser(admin)) {
        return new TestRole(running.adminUser(), running.adminPassword());
      }
      String name = running.isOurs() ? "app" : "travaso_test_" + ProcessHandle.current().pid();
      String password = RunningPostgres.randomPassword();
      try (Statement statement = admin.createStatement()) {
        statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
      }
      return new TestRole(name, password);
    }

    private static boolean isSuperuser(Connection admin) throws SQLException {
      try (Statement statement = admin.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
        return result.next() && result.getBoolean(1);
      }
    }
  }
}
