package io.travaso.restore;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who else is connected to a MariaDB database: those who have chosen it, as far as can be seen. */
final class MariaDbSessions {
  private MariaDbSessions() {}

  /**
   * Waits until nobody is connected.
   *
   * @throws io.travaso.SyncException of kind REFUSED, naming who still is
   */
  static void awaitNone(Sql sql, String database, boolean disconnects) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (true) {
      List<String> connected =
          sql.column(
              "Looking who is connected to " + database,
              "SELECT CONCAT(COUNT(*), ' of ', USER, ' from ', SUBSTRING_INDEX(HOST, ':', 1)) FROM"
                  + others(sql, database)
                  + " GROUP BY USER, SUBSTRING_INDEX(HOST, ':', 1) ORDER BY 1");
      if (connected.isEmpty()) {
        return;
      }
      if (disconnects) {
        for (String id :
            sql.column("Looking who is connected", "SELECT ID FROM" + others(sql, database))) {
          // Whoever is gone by himself can't be ended any more; who may not be is told below.
          sql.tried("KILL CONNECTION " + id);
        }
      }
      if (System.nanoTime() > deadline) {
        throw PostgresSessions.inUse(database, connected, disconnects);
      }
      PostgresSessions.pause();
    }
  }

  private static String others(Sql sql, String database) {
    return " information_schema.PROCESSLIST WHERE DB = %s AND ID <> CONNECTION_ID() AND COMMAND NOT IN ('Daemon', 'Binlog Dump')"
        .formatted(sql.literal(database));
  }
}
