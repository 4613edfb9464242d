package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.database.ReadingSql;
import io.travaso.database.SqlFailures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A replica of MariaDB is another server that repeats what its primary wrote down: how far it is,
 * GTIDs tell. Nodes of a Galera cluster know that of each other, without a log.
 */
final class MariaDbReadingSql implements ReadingSql {
  private static final int STATEMENT_TIME = 1969;
  private static final String PRIMARY_POSITION = "SELECT @@GLOBAL.gtid_binlog_pos";
  private static final String REPLICA_POSITION = "SELECT @@GLOBAL.gtid_slave_pos";
  private static final String CLUSTER = "cluster ";

  @Override
  public List<String> gently(Duration statementTimeout, int jobs) {
    // A query has one processor here, whatever it does.
    return statementTimeout.isZero()
        ? List.of()
        : List.of(
            "SET SESSION max_statement_time = "
                + BigDecimal.valueOf(statementTimeout.toMillis(), 3).toPlainString());
  }

  @Override
  public List<String> bounded(int jobs) {
    return List.of();
  }

  @Override
  public List<String> digesting(int jobs) {
    return List.of();
  }

  @Override
  public void requireStandby(Handle primary, Handle standby) {
    MariaDbDialect dialect = new MariaDbDialect();
    if (dialect.serverFacts(primary).identity().equals(dialect.serverFacts(standby).identity())) {
      throw SyncException.refused(
          "`read-from` is no replica: it is the server of `database` itself",
          "Name a replica, or take `read-from` out.");
    }
    String cluster = MariaDbGalera.cluster(primary);
    if (!cluster.isEmpty() && cluster.equals(MariaDbGalera.cluster(standby))) {
      return;
    }
    if (text(primary, PRIMARY_POSITION).isEmpty()) {
      throw SyncException.refused(
          "`database` writes no binary log, so no replica can follow it",
          "Turn log_bin on and set a replica up, or take `read-from` out.");
    }
    Map<String, Gtid> there = positions(text(standby, REPLICA_POSITION));
    if (there.isEmpty()) {
      throw SyncException.refused(
          "`read-from` is no replica: it has followed nothing yet",
          "Name a replica of `database`, or take `read-from` out.");
    }
    positions(text(primary, PRIMARY_POSITION))
        .forEach((domain, here) -> requireSameHistory(here, there.get(domain)));
  }

  /** One number was given to one transaction, by one server. */
  private static void requireSameHistory(Gtid here, @Nullable Gtid there) {
    if (there != null && here.number == there.number && !here.server.equals(there.server)) {
      throw SyncException.refused(
          "`read-from` is a replica of another server than `database`",
          "Name a replica of `database`, or take `read-from` out.");
    }
  }

  @Override
  public String position(Handle primary) {
    return MariaDbGalera.cluster(primary).isEmpty()
        ? text(primary, PRIMARY_POSITION)
        : CLUSTER + MariaDbGalera.lastCommitted(primary) + " " + text(primary, PRIMARY_POSITION);
  }

  @Override
  public boolean reached(Handle standby, String position) {
    String log = position;
    if (position.startsWith(CLUSTER)) {
      String[] parts = position.split(" ", 3);
      if (!MariaDbGalera.cluster(standby).isEmpty()) {
        return MariaDbGalera.lastCommitted(standby) >= Long.parseLong(parts[1]);
      }
      log = parts[2];
    }
    Map<String, Gtid> there = positions(text(standby, REPLICA_POSITION));
    return positions(log).entrySet().stream()
        .allMatch(
            here -> {
              Gtid follower = there.get(here.getKey());
              return follower != null && follower.number >= here.getValue().number;
            });
  }

  @Override
  public String reachedPosition(Handle standby) {
    String cluster = MariaDbGalera.cluster(standby);
    return cluster.isEmpty()
        ? text(standby, REPLICA_POSITION)
        : CLUSTER + MariaDbGalera.lastCommitted(standby);
  }

  @Override
  public boolean isConflict(SyncException failure) {
    // A replica waits for queries, or they for it: none is given up.
    return false;
  }

  @Override
  public String conflictHint() {
    return "";
  }

  @Override
  public boolean isTimeout(SyncException failure) {
    return SqlFailures.code(failure) == STATEMENT_TIME;
  }

  /** The last transaction of a domain: who wrote it, and its number. */
  private record Gtid(String server, long number) {}

  private static Map<String, Gtid> positions(String text) {
    Map<String, Gtid> positions = new HashMap<>();
    for (String position : text.isBlank() ? new String[0] : text.strip().split(",", -1)) {
      String[] parts = position.strip().split("-", -1);
      positions.put(parts[0], new Gtid(parts[1], Long.parseLong(parts[2])));
    }
    return positions;
  }

  private static String text(Handle handle, String question) {
    return handle.createQuery(question).mapTo(String.class).findOne().orElse("");
  }
}
