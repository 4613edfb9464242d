package io.travaso.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Emptied databases to use again: making and dropping one takes longer than most tests. */
public final class DatabasePool {
  private static final Map<PostgresServer, Deque<TestDatabase>> FREE = new ConcurrentHashMap<>();

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

  private DatabasePool() {}

  public static TestDatabase take(PostgresServer server) {
    TestDatabase free = free(server).poll();
    return free == null ? server.newDatabase() : free;
  }

  /** Empties a database for the next test; whoever is still connected to it is sent away. */
  public static void giveBack(TestDatabase database) {
    database.executeAsAdmin(
        "SET client_min_messages = 'warning'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        EMPTY.formatted(database.user(), database.name()));
    free(database.server()).add(database);
  }

  private static Deque<TestDatabase> free(PostgresServer server) {
    return FREE.computeIfAbsent(server, s -> new ArrayDeque<>());
  }
}
