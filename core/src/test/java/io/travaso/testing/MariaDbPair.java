package io.travaso.testing;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A MariaDB server with a binary log, and a replica that follows it; both of the test's own. */
public final class MariaDbPair implements AutoCloseable {
  private final MariaDbServer primary;
  private final MariaDbServer replica;

  private MariaDbPair(MariaDbInstance leading, MariaDbInstance following) {
    this.primary = new MariaDbServer(leading);
    this.replica = new MariaDbServer(following, primary);
    replica.executeAsAdmin(
        "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = %d, MASTER_USER = '%s', MASTER_PASSWORD = '%s', MASTER_USE_GTID = slave_pos"
            .formatted(leading.port(), leading.adminUser(), leading.adminPassword()),
        "START SLAVE");
  }

  public static MariaDbPair start() {
    MariaDbBinaries binaries = MariaDbSearch.binaries();
    return new MariaDbPair(
        MariaDbInstance.start(binaries, List.of("--log-bin=log", "--server-id=1")),
        MariaDbInstance.start(binaries, List.of("--server-id=2", "--read-only=ON")));
  }

  public MariaDbServer primary() {
    return primary;
  }

  public MariaDbServer replica() {
    return replica;
  }

  /** A primary's database as the replica has it. */
  public TestDatabase atReplica(TestDatabase database) {
    return new TestDatabase(replica, database.name());
  }

  /** Waits until the replica has what the primary wrote. */
  public void awaitFollowed(TestDatabase database) {
    String written = database.rows("SELECT @@gtid_binlog_pos").get(0);
    TestDatabase system = new TestDatabase(replica, "information_schema");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!system.rowsAsAdmin("SELECT @@gtid_slave_pos").equals(List.of(written))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The replica does not follow");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
