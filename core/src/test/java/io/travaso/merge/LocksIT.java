package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application at work while a merge is. */
class LocksIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  private static Pair pair() {
    Pair pair =
        Pair.of(
            "CREATE TABLE a (id int PRIMARY KEY, v text)",
            "CREATE TABLE b (id int PRIMARY KEY, v text)",
            "CREATE TABLE c (id int PRIMARY KEY, v text)");
    for (String table : new String[] {"a", "b", "c"}) {
      pair.source("INSERT INTO " + table + " VALUES (1, 'new')")
          .target("INSERT INTO " + table + " VALUES (1, 'old')");
    }
    return pair;
  }

  /** A session of the application's, in a transaction that has done this. */
  private static Connection application(Pair pair, String sql) throws SQLException {
    Connection connection = pair.target.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOCK TABLE b",
        "INSERT INTO b VALUES (7, 'uncommitted')",
        "UPDATE c SET v = 'uncommitted'",
        "SELECT * FROM b WHERE id = 1 FOR UPDATE",
        "SELECT * FROM b WHERE id = 1 FOR SHARE",
        "ALTER TABLE b ADD w int"
      })
  void aLockOfTheApplicationIsNotWaitedForLong(String sql) throws SQLException {
    try (Pair pair = pair().lockWait(SHORT);
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection application = application(pair, sql)) {
      SyncException refusal = Pair.failure(planned::apply);
      application.rollback();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.hint()).contains("lock", "nothing was written");
      for (String table : new String[] {"a", "b", "c"}) {
        assertThat(pair.rows(table)).containsExactly("(1,old)");
      }
    }
  }

  @Test
  void aReaderOfTheApplicationIsNotInTheWay() throws SQLException {
    try (Pair pair = pair();
        Connection application = application(pair, "SELECT * FROM a, b, c")) {
      pair.merges("a +0 ~1 -0 =0 *0", "b +0 ~1 -0 =0 *0", "c +0 ~1 -0 =0 *0");
      application.rollback();
    }
  }

  /** Waiting for the last table keeps writers off the first: all waits together have one end. */
  @Test
  void theApplicationIsNeverBlockedForLonger() throws Exception {
    ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection holdsB = application(pair, "LOCK TABLE b");
        Connection holdsC = application(pair, "LOCK TABLE c")) {
      var released =
          later.schedule(
              () -> {
                holdsB.rollback();
                return true;
              },
              2,
              TimeUnit.SECONDS);
      CompletableFuture<Long> blocked =
          CompletableFuture.supplyAsync(
              () -> {
                awaitLock(pair, "a");
                long begin = System.nanoTime();
                pair.target("INSERT INTO a VALUES (9, 'of the application')");
                return Duration.ofNanos(System.nanoTime() - begin).toMillis();
              },
              later);
      SyncException refusal = Pair.failure(planned::apply);
      holdsC.rollback();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(released.get()).isTrue();
      assertThat(blocked.get()).isLessThan(4000);
    } finally {
      later.shutdown();
    }
  }

  /** Waits until somebody has the merge's lock on a table. */
  private static void awaitLock(Pair pair, String table) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String sql =
        "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'ShareRowExclusiveLock' AND relation = '"
            + table
            + "'::regclass";
    while (pair.value(sql).equals("0")) {
      assertThat(System.nanoTime()).as("no lock on " + table).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void whileItWritesReadersPassAndWritersWait() {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      planned.apply(
          new Pair.Unrecorded() {
            @Override
            public void write(Handle transaction, MergeResult result) {
              assertThat(pair.rows("a")).containsExactly("(1,old)");
              for (String sql :
                  new String[] {
                    "INSERT INTO a VALUES (9)", "DELETE FROM b", "UPDATE c SET v = ''"
                  }) {
                assertThatThrownBy(() -> pair.target("SET lock_timeout = 50; " + sql))
                    .hasMessageContaining("lock timeout");
              }
            }
          });

      assertThat(pair.rows("a")).containsExactly("(1,new)");
    }
  }

  @Test
  void tablesOutsideAreLockedOnlyWhereTheyWouldBeChanged() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE harmless (id int PRIMARY KEY, t int REFERENCES t)",
            "CREATE TABLE cascading (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)")) {
      pair.only("t").target("INSERT INTO t VALUES (1), (2)").source("INSERT INTO t VALUES (2)");
      try (Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        planned.apply(
            new Pair.Unrecorded() {
              @Override
              public void write(Handle transaction, MergeResult result) {
                pair.target("SET lock_timeout = 5000; INSERT INTO harmless VALUES (1, 2)");
                assertThatThrownBy(
                        () ->
                            pair.target(
                                "SET lock_timeout = 50; INSERT INTO cascading VALUES (1, 1)"))
                    .hasMessageContaining("lock timeout");
              }
            });
      }
    }
  }

  @Test
  void aDeadlockEndsInARefusal() throws Exception {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection application = application(pair, "LOCK TABLE c")) {
      CompletableFuture<Boolean> other =
          CompletableFuture.supplyAsync(
              () -> {
                awaitLock(pair, "a");
                try (Statement statement = application.createStatement()) {
                  statement.execute("UPDATE a SET v = 'application'");
                  application.commit();
                  return true;
                } catch (SQLException e) {
                  return false;
                }
              });
      SyncException refusal = Pair.failure(planned::apply);

      // PostgreSQL ends one of the two.
      if (refusal == null) {
        assertThat(other.get()).isFalse();
        assertThat(pair.rows("a")).containsExactly("(1,new)");
      } else {
        assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
        assertThat(pair.rows("c")).containsExactly("(1,old)");
      }
    }
  }
}
