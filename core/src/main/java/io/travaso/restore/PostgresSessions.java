package io.travaso.restore;

import io.travaso.SyncException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who else is connected to a PostgreSQL database. */
final class PostgresSessions {
  private PostgresSessions() {}

  /** Those who are connected, for people: one line an account, program and address. */
  static List<String> of(Sql door, String database) {
    return door.column(
        "Looking who is connected to " + database,
        """
        SELECT concat_ws(' ', count(*) || ' of', usename, '(' || NULLIF(application_name, '') || ')',
                         'from ' || COALESCE(host(client_addr), 'this host'))
          FROM pg_stat_activity
         WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'
         GROUP BY usename, application_name, client_addr ORDER BY 1\
        """
            .formatted(door.literal(database)));
  }

  /** Ends the sessions of a database as far as that is allowed. */
  static void end(Sql door, String database) {
    door.rows(
        "Ending the sessions of " + database,
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity AS a
         WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'
           AND ((SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                OR (pg_has_role('pg_signal_backend', 'MEMBER')
                    AND NOT (SELECT rolsuper FROM pg_roles AS r WHERE r.oid = a.usesysid))
                OR pg_has_role(a.usesysid, 'MEMBER'))\
        """
            .formatted(door.literal(database)));
  }

  /**
   * Waits until nobody is connected.
   *
   * @throws SyncException of kind REFUSED, naming who still is
   */
  static void awaitNone(Sql door, String database, boolean disconnects) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (true) {
      if (disconnects) {
        end(door, database);
      }
      List<String> connected = of(door, database);
      if (connected.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw inUse(database, connected, disconnects);
      }
      pause();
    }
  }

  static SyncException inUse(String database, List<String> connected, boolean disconnects) {
    return SyncException.refused(
        "others are connected to the database " + database,
        disconnects
            ? "This account may not end their sessions: stop the programs, or GRANT"
                + " pg_signal_backend to it."
            : "Stop the programs that use it, then run the command again.",
        connected);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted while others were connected", "", e);
    }
  }
}
