package io.travaso.database.postgres;

import io.travaso.SyncException;
import io.travaso.database.ReadingSql;
import io.travaso.database.SqlFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** A hot standby of PostgreSQL is the same cluster, byte for byte, some log behind. */
final class PostgresReadingSql implements ReadingSql {
  /** A query, or a session, that was in the way of the log that is replayed. */
  private static final Set<String> CONFLICT = Set.of("40001", "40P01");

  private static final String CANCELLED = "57014";
  private static final String RECOVERING = "SELECT pg_is_in_recovery()";

  /** What the server gives a session that asked for nothing else. */
  private static final String OWN_WORKERS =
      "(SELECT reset_val::int FROM pg_settings WHERE name = 'max_parallel_workers_per_gather')";

  private static final String SAME =
      "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid"
          + " FROM pg_database WHERE datname = current_database()";

  @Override
  public List<String> gently(Duration statementTimeout, int jobs) {
    List<String> statements = new ArrayList<>();
    if (!statementTimeout.isZero()) {
      statements.add("SET statement_timeout = '" + statementTimeout.toMillis() + "ms'");
    }
    statements.addAll(bounded(jobs));
    return statements;
  }

  /** The session's own process works as well. */
  @Override
  public List<String> bounded(int jobs) {
    return List.of(workers("least(" + OWN_WORKERS + ", " + (jobs - 1) + ")"));
  }

  /**
   * A server that is to use no workers at all goes without. What a worker hands over is two
   * numbers, a tenth of what PostgreSQL reckons with. From which size on a table gets a worker, and
   * how many, is left to the server, and so is who reads which partition.
   */
  @Override
  public List<String> digesting(int jobs) {
    return List.of(
        workers("CASE WHEN " + OWN_WORKERS + " = 0 THEN 0 ELSE " + (jobs - 1) + " END"),
        "SET parallel_tuple_cost = 0.01");
  }

  private static String workers(String number) {
    return "SELECT set_config('max_parallel_workers_per_gather', (" + number + ")::text, false)";
  }

  @Override
  public void requireStandby(Handle primary, Handle standby) {
    if (is(primary, RECOVERING)) {
      throw SyncException.configuration(
          "`database` is a standby itself, so nothing tells how far `read-from` has to be",
          "Name the primary under `database`, or take `read-from` out.");
    }
    if (!text(primary, SAME).equals(text(standby, SAME))) {
      throw SyncException.refused(
          "`read-from` is another database than `database`, not a standby of it",
          "Name a hot standby of the same cluster, or take `read-from` out.");
    }
    if (!is(standby, RECOVERING)) {
      throw SyncException.refused(
          "`read-from` is no standby: it is the primary itself, or was promoted",
          "Name a hot standby, or take `read-from` out.");
    }
  }

  /** What is flushed: a standby gets nothing else, and a commit waits for that. */
  @Override
  public String position(Handle primary) {
    return text(primary, "SELECT pg_current_wal_flush_lsn()::text");
  }

  @Override
  public boolean reached(Handle standby, String position) {
    return standby
        .createQuery(
            "SELECT coalesce(pg_last_wal_replay_lsn() >= CAST(:position AS pg_lsn), false)")
        .bind("position", position)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public String reachedPosition(Handle standby) {
    return text(
        standby,
        "SELECT coalesce(pg_last_wal_replay_lsn()::text, 'an unknown position')"
            + " || CASE WHEN pg_is_wal_replay_paused() THEN ', and paused' ELSE '' END");
  }

  @Override
  public boolean isConflict(SyncException failure) {
    return CONFLICT.contains(SqlFailures.state(failure));
  }

  @Override
  public String conflictHint() {
    return "On the standby, raise max_standby_streaming_delay, or set hot_standby_feedback = on, so"
        + " that the log waits for queries or the primary keeps rows for them; or read from"
        + " `database`.";
  }

  @Override
  public boolean isTimeout(SyncException failure) {
    return CANCELLED.equals(SqlFailures.state(failure));
  }

  private static boolean is(Handle handle, String question) {
    return handle.createQuery(question).mapTo(Boolean.class).one();
  }

  private static String text(Handle handle, String question) {
    return handle.createQuery(question).mapTo(String.class).one();
  }
}
