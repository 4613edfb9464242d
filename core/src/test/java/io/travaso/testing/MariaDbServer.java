package io.travaso.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A MariaDB server for tests, and the databases on it. Its clock is two hours ahead of UTC: who
 * does not pin the session's time zone is found out. The connections of tests have UTC.
 */
public final class MariaDbServer extends TestServer {
  private static final Map<String, MariaDbServer> VERSIONS = new ConcurrentHashMap<>();

  private final String version;
  private final String user;
  private final String password;

  MariaDbServer(RunningServer running) {
    super(Engine.MARIADB, running);
    try (Connection connection = adminConnection(running.adminDatabase());
        Statement statement = connection.createStatement()) {
      this.version =
          connection.getMetaData().getDatabaseMajorVersion()
              + "."
              + connection.getMetaData().getDatabaseMinorVersion();
      this.user = running.isOurs() ? "app" : "travaso_test_" + ProcessHandle.current().pid();
      this.password = RunningServer.randomPassword();
      statement.execute("CREATE USER " + user + " IDENTIFIED BY '" + password + "'");
      statement.execute(
          "GRANT ALL PRIVILEGES ON `" + prefix().replace("_", "\\_") + "%`.* TO " + user);
      leaveAtTheEnd(user);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Cannot set up the test role on MariaDB at " + running.describe(), e);
    }
  }

  /** One more node of a cluster: with the databases and users of another. */
  MariaDbServer(RunningServer running, MariaDbServer node) {
    super(Engine.MARIADB, running);
    this.version = node.version;
    this.user = node.user;
    this.password = node.password;
  }

  /**
   * The server all tests of this JVM share, found as {@link MariaDbSearch} says and stopped with
   * the JVM.
   *
   * @throws IllegalStateException if no server can be had; the message names the four ways
   */
  public static MariaDbServer shared() {
    return Shared.SERVER;
  }

  /**
   * A server of the given release, from the binaries on Maven Central; started once per JVM. The
   * build fetches 11.4, and 10.11 with {@code -Pall-mariadb}.
   */
  public static MariaDbServer ofVersion(String release) {
    return VERSIONS.computeIfAbsent(
        release, r -> new MariaDbServer(MariaDbInstance.start(MariaDbBinaries.fromMaven(r))));
  }

  /**
   * A server of each release there is, the oldest first: {@link #shared}, and those the build
   * fetched of other releases.
   */
  public static List<MariaDbServer> everyVersion() {
    List<MariaDbServer> servers = new ArrayList<>(List.of(shared()));
    for (String release : MariaDbBinaries.fetchedVersions()) {
      if (!release.equals(shared().version())) {
        servers.add(ofVersion(release));
      }
    }
    servers.sort(Comparator.comparing(MariaDbServer::version, MariaDbBinaries.OLDEST_FIRST));
    return servers;
  }

  /** A server of the test's own, which it may {@link #restart} and has to close. */
  public static MariaDbServer start() {
    return new MariaDbServer(MariaDbInstance.start(MariaDbSearch.binaries()));
  }

  @Override
  public int majorVersion() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String password() {
    return password;
  }

  /** A folder with a mariadb-dump and a mariadb, if there is one. */
  @Override
  public Optional<Path> dumpDirectory() {
    return MariaDbBinaries.dumpTools();
  }

  @Override
  void create(String database) {
    executeAsAdmin("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
  }

  @Override
  void copy(TestDatabase template, String database) {
    create(database);
    MariaDbCopy.fill(new TestDatabase(this, database), template);
  }

  @Override
  void empty(TestDatabase database) {
    remove(database.name());
    create(database.name());
  }

  @Override
  void remove(String database) {
    for (String id :
        new TestDatabase(this, "information_schema")
            .rowsAsAdmin("SELECT id FROM processlist WHERE db = '" + database + "'")) {
      try {
        executeAsAdmin("KILL " + id);
      } catch (IllegalStateException e) {
        // It has gone by itself.
      }
    }
    executeAsAdmin("DROP DATABASE IF EXISTS " + database);
  }

  @Override
  String jdbcUrl(String database) {
    return ("jdbc:mariadb://%s:%d/%s?allowMultiQueries=true&tinyInt1isBit=false"
            + "&yearIsDateType=false&sessionVariables=time_zone='+00:00'")
        .formatted(host(), port(), database);
  }

  @Override
  public String toString() {
    return "MariaDB " + version;
  }

  private static final class Shared {
    static final MariaDbServer SERVER = new MariaDbServer(MariaDbSearch.server());
  }
}
