package io.travaso.testing;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server and a hot standby that follows it, both of the test's own. */
public final class PostgresPair implements AutoCloseable {
  private final PostgresCluster leading;
  private final PostgresServer primary;
  private final PostgresCluster standby;

  private PostgresPair(PostgresCluster leading) {
    this.leading = leading;
    // It has the role of the tests before it is copied.
    this.primary = new PostgresServer(leading);
    this.standby = leading.follow();
  }

  /** Starts both; where no PostgreSQL is installed in full, the test is reported as not run. */
  public static PostgresPair start() {
    PostgresBinaries binaries = PostgresSearch.binaries();
    boolean whole =
        binaries.archive().isEmpty()
            && Files.isExecutable(binaries.directory().resolve("pg_basebackup"));
    if (!whole) {
      Assumptions.abort("No pg_basebackup for the tests: apt-get install postgresql, or the like");
    }
    return new PostgresPair(PostgresCluster.start(binaries));
  }

  public PostgresServer primary() {
    return primary;
  }

  /** The address of a primary's database, at the standby. */
  public String url(TestDatabase database) {
    return database.url().replace(":" + leading.port() + "/", ":" + standby.port() + "/");
  }

  /** The rows that a query has at the standby, as {@link TestDatabase#rows} has them. */
  public List<String> rows(TestDatabase database, String sql) {
    return rows(database.name(), sql);
  }

  private List<String> rows(String database, String sql) {
    try (Connection connection = connect(database)) {
      return TestDatabase.rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("On the standby: " + e.getMessage(), e);
    }
  }

  /** Does something at the standby, as a superuser. */
  public void atStandby(String... statements) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On the standby: " + e.getMessage(), e);
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", standby.adminUser());
    properties.setProperty("password", standby.adminPassword());
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + standby.port() + "/" + database, properties);
  }

  /** Waits until the standby has replayed what the primary wrote. */
  public void awaitReplayed(TestDatabase database) {
    String written = database.rows("SELECT pg_current_wal_flush_lsn()").get(0);
    await("SELECT pg_last_wal_replay_lsn() >= '" + written + "'");
  }

  /**
   * Waits until the standby has what the primary wrote, and either can't replay it, for somebody is
   * in the way, or has sent them away already.
   */
  public void awaitConflict(TestDatabase database) {
    String written = database.rows("SELECT pg_current_wal_flush_lsn()").get(0);
    await("SELECT pg_last_wal_receive_lsn() >= '" + written + "'");
    String over = "SELECT pg_last_wal_replay_lsn() >= '" + written + "'";
    String place = "SELECT pg_last_wal_replay_lsn()";
    String before = "";
    while (rows("postgres", over).equals(List.of("f"))
        && !before.equals(rows("postgres", place).get(0))) {
      before = rows("postgres", place).get(0);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    }
  }

  private void await(String question) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!rows("postgres", question).equals(List.of("t"))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The standby does not follow");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    standby.stop();
    primary.close();
  }
}
