package io.travaso.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A PostgreSQL server for tests, and the databases on it. */
public final class PostgresServer extends TestServer {
  private static final Map<Integer, PostgresServer> VERSIONS = new ConcurrentHashMap<>();

  private static final String EMPTY =
      """
      DO $$ DECLARE s text; BEGIN
        FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
          EXECUTE format('DROP SCHEMA %%I CASCADE', s);
        END LOOP;
        PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
        CREATE SCHEMA public AUTHORIZATION %1$s;
        ALTER DATABASE %2$s RESET ALL;
        ALTER ROLE %1$s IN DATABASE %2$s RESET ALL;
      END $$""";

  private final String user;
  private final String password;
  private final int majorVersion;

  PostgresServer(RunningServer running) {
    super(Engine.POSTGRESQL, running);
    try (Connection connection = adminConnection(running.adminDatabase())) {
      this.majorVersion = connection.getMetaData().getDatabaseMajorVersion();
      TestRole role = TestRole.on(connection, running);
      this.user = role.name();
      this.password = role.password();
      leaveAtTheEnd(role.name());
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Cannot set up the test role on PostgreSQL at " + running.describe(), e);
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

  @Override
  public int majorVersion() {
    return majorVersion;
  }

  @Override
  public String version() {
    return String.valueOf(majorVersion);
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String password() {
    return password;
  }

  /**
   * A folder with a pg_dump and pg_restore that are not older than this server, if there is one.
   */
  @Override
  public Optional<Path> dumpDirectory() {
    return PostgresBinaries.installed().stream()
        .filter(binaries -> binaries.majorVersion() >= majorVersion && binaries.hasDumpTools())
        .map(PostgresBinaries::directory)
        .findFirst();
  }

  @Override
  void create(String database) {
    executeAsAdmin("CREATE DATABASE " + database + " OWNER " + user);
  }

  @Override
  void copy(TestDatabase template, String database) {
    executeAsAdmin(
        "CREATE DATABASE " + database + " OWNER " + user + " TEMPLATE " + template.name());
  }

  @Override
  void empty(TestDatabase database) {
    database.executeAsAdmin(
        "SET client_min_messages = 'warning'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        EMPTY.formatted(user, database.name()));
  }

  @Override
  void remove(String database) {
    executeAsAdmin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'",
        "DROP DATABASE IF EXISTS " + database);
  }

  @Override
  String jdbcUrl(String database) {
    // Text on the wire, so that getString gives what the server says.
    return "jdbc:postgresql://%s:%d/%s?binaryTransfer=false&prepareThreshold=0"
        .formatted(host(), port(), database);
  }

  @Override
  public String toString() {
    return "PostgreSQL " + majorVersion;
  }

  private static final class Shared {
    static final PostgresServer SERVER = new PostgresServer(PostgresSearch.server());
  }

  /** The role that owns the databases of one server. */
  private record TestRole(String name, String password) {

    /** Makes the role; on somebody else's server without the right to, the given role itself. */
    static TestRole on(Connection admin, RunningServer running) throws SQLException {
      if (!isSuperuser(admin)) {
        return new TestRole(running.adminUser(), running.adminPassword());
      }
      String name = running.isOurs() ? "app" : "travaso_test_" + ProcessHandle.current().pid();
      String password = RunningServer.randomPassword();
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
