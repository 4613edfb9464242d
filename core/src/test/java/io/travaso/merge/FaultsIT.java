package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Database;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.CuttingProxy;
import io.travaso.testing.CuttingProxy.Cut;
import io.travaso.testing.PostgresServer;
import io.travaso.traps.Holds;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Connections that end when it matters most: the target is as before, or as after, and it is known
 * which.
 */
class FaultsIT {

  private static final String SCHEMA = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  private static Pair pair() {
    return filled(Pair.of(SCHEMA));
  }

  private static Pair filled(Pair pair) {
    return pair.source("INSERT INTO t VALUES (1, 'new'), (2, 'new')")
        .target("INSERT INTO t VALUES (1, 'old')");
  }

  /** What became of a merge whose connection is cut at this word, and whether it failed. */
  private static SyncException cut(Pair pair, String word, Cut cut) {
    try (CuttingProxy proxy = CuttingProxy.to(pair.target.server());
        Database database = Pair.open(pair.target, proxy.port(), Map.of());
        Planned planned = pair.plan(MergePolicy.UPSERT, database)) {
      InLedger record = InLedger.of(database, "run-1");
      proxy.cutAt(word, cut);
      SyncException failure = Pair.failure(() -> planned.apply(record));
      assertThat(proxy.hasCut()).isTrue();
      return failure;
    }
  }

  @Test
  @Holds(value = "A7", as = io.travaso.traps.Outcome.EXACT)
  void aCommitWhoseReplyIsLostIsReadBackAsApplied() {
    try (Pair pair = pair()) {
      assertThat(cut(pair, "COMMIT", Cut.AFTER_THE_REPLY)).isNull();

      assertThat(pair.rows("t")).containsExactly("(1,new)", "(2,new)");
      assertThat(pair.target.rows("SELECT outcome FROM travaso.run")).containsExactly("applied");
    }
  }

  @Test
  @Holds(value = "A7", as = io.travaso.traps.Outcome.REFUSED)
  void aCommitThatNeverArrivedIsReadBackAsNotApplied() {
    try (Pair pair = pair()) {
      SyncException failure = cut(pair, "COMMIT", Cut.BEFORE_DELIVERY);

      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(failure.what()).contains("Committing");
      assertThat(pair.rows("t")).containsExactly("(1,old)");
      assertThat(pair.target.rows("SELECT outcome FROM travaso.run")).containsExactly("started");
    }
  }

  @Test
  void aConnectionThatIsCutAnywhereElseLeavesTheTargetAsItWas() {
    for (String word :
        new String[] {
          "LOCK TABLE", "travaso_diff", "INSERT INTO", "SET CONSTRAINTS", "UPDATE travaso"
        }) {
      for (Cut cut : Cut.values()) {
        try (Pair pair = pair()) {
          assertThat(cut(pair, word, cut)).as(word).isNotNull();

          assertThat(pair.rows("t")).as(word).containsExactly("(1,old)");
          pair.merges("t +1 ~1 -0 =0 *0");
        }
      }
    }
  }

  @Test
  void aCommitThatNobodyCanBeAskedAboutIsSaidToBeOpen() {
    try (Pair pair = pair();
        CuttingProxy proxy = CuttingProxy.to(pair.target.server());
        Database database = Pair.open(pair.target, proxy.port(), Map.of());
        Planned planned = pair.plan(MergePolicy.UPSERT, database)) {
      proxy.cutAt("COMMIT", Cut.AFTER_THE_REPLY);
      SyncException failure =
          Pair.failure(
              () ->
                  planned.apply(
                      new Pair.Unrecorded() {
                        @Override
                        public boolean isCommitted() {
                          throw SyncException.failed("The server is not there", "");
                        }
                      }));

      assertThat(failure.kind()).isEqualTo(Kind.HOST);
      assertThat(failure.what()).contains("can't be asked", "The server is not there");
      assertThat(failure.hint()).contains("sync history");
    }
  }

  @Test
  void aSessionThatTheServerEndsLeavesTheTargetAsItWas() {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      InLedger record = InLedger.of(pair.to(), "run-1");
      int pid = pid(planned);
      SyncException failure =
          Pair.failure(
              () ->
                  planned.apply(
                      new CommitRecord() {
                        @Override
                        public void write(Handle transaction, MergeResult result) {
                          record.write(transaction, result);
                          pair.target.executeAsAdmin("SELECT pg_terminate_backend(" + pid + ")");
                        }

                        @Override
                        public boolean isCommitted() {
                          return record.isCommitted();
                        }
                      }));

      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(pair.rows("t")).containsExactly("(1,old)");
    }
  }

  @Test
  @Holds(value = "A3", as = io.travaso.traps.Outcome.REFUSED)
  void aSessionThatTheServerEndsInTheMiddleOfWriting() {
    try (Pair pair = pair()) {
      pair.target(
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$",
          "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        int pid = pid(planned);
        CompletableFuture<Boolean> killed =
            CompletableFuture.supplyAsync(
                () -> {
                  await(
                      pair,
                      "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = " + pid);
                  pair.target.executeAsAdmin("SELECT pg_terminate_backend(" + pid + ")");
                  return true;
                });
        SyncException failure = Pair.failure(planned::apply);

        assertThat(killed.join()).isTrue();
        assertThat(failure.what()).contains("Merging");
        assertThat(failure.hint()).contains("nothing was written");
        assertThat(pair.rows("t")).containsExactly("(1,old)");
      }
    }
  }

  @Test
  void aServerThatCrashes() {
    try (PostgresServer server = PostgresServer.start();
        Pair pair = filled(Pair.on(server, SCHEMA))) {
      InLedger record = InLedger.of(pair.to(), "run-1");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        SyncException failure =
            Pair.failure(
                () ->
                    planned.apply(
                        new CommitRecord() {
                          @Override
                          public void write(Handle transaction, MergeResult result) {
                            record.write(transaction, result);
                            server.restart();
                          }

                          @Override
                          public boolean isCommitted() {
                            return record.isCommitted();
                          }
                        }));

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      }
      assertThat(pair.rows("t")).containsExactly("(1,old)");
      record.ledger().fail("run-1", Instant.EPOCH, "The server crashed");
      try (Database again = Pair.open(pair.target)) {
        assertThat(new Ledger(again).runs())
            .extracting(Run::outcome)
            .containsExactly(Outcome.FAILED);
      }
    }
  }

  /** With a server that can notice, it does not write on for nobody. */
  @Test
  @Holds(value = "A9", as = io.travaso.traps.Outcome.REFUSED)
  void aClientThatIsGoneDoesNotHoldTheLocks() {
    try (Pair pair = pair()) {
      pair.target(
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$",
          "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
      CuttingProxy proxy = CuttingProxy.to(pair.target.server());
      try (proxy;
          Database database = Pair.open(pair.target, proxy.port(), Map.of());
          Planned planned = pair.plan(MergePolicy.UPSERT, database)) {
        int pid = pid(planned);
        CompletableFuture<Boolean> gone =
            CompletableFuture.supplyAsync(
                () -> {
                  await(
                      pair,
                      "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = " + pid);
                  proxy.close();
                  return true;
                });
        assertThat(Pair.failure(planned::apply)).isNotNull();
        assertThat(gone.join()).isTrue();
        await(pair, "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = " + pid + ")");
        pair.target("SET lock_timeout = 1000; ALTER TABLE t ADD w int");
      }
    }
  }

  @Test
  void aRunThatTheLedgerDoesNotKnowIsNotCommitted() {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      InLedger record = InLedger.of(pair.to(), "run-1");
      pair.target("DELETE FROM travaso.run");

      SyncException failure = Pair.failure(() -> planned.apply(record));

      assertThat(failure.what()).contains("run-1");
      assertThat(pair.rows("t")).containsExactly("(1,old)");
    }
  }

  @Test
  void onlyOneRunAtATime() {
    try (Pair pair = pair();
        Planned other = pair.plan(MergePolicy.UPSERT)) {
      Ledger ledger = new Ledger(pair.to());
      try (Planned first = pair.plan(MergePolicy.UPSERT)) {
        assertThat(ledger.tryLock(first.merger().session())).isTrue();
        assertThat(ledger.tryLock(other.merger().session())).isFalse();
      }
      assertThat(ledger.tryLock(other.merger().session())).isTrue();
      assertThatThrownBy(
              () ->
                  pair.target(
                      "DO $$ BEGIN IF NOT pg_try_advisory_lock("
                          + lock(pair)
                          + ") THEN RAISE 'busy'; END IF; END $$"))
          .hasMessageContaining("busy");

      pair.target.executeAsAdmin("SELECT pg_terminate_backend(" + pid(other) + ")");
      await(pair, "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')");
      try (Planned next = pair.plan(MergePolicy.UPSERT)) {
        assertThat(ledger.tryLock(next.merger().session())).isTrue();
        next.apply();
      }
    }
  }

  private static String lock(Pair pair) {
    return pair.value(
        "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory'");
  }

  private static int pid(Planned planned) {
    return planned
        .merger()
        .session()
        .createQuery("SELECT pg_backend_pid()")
        .mapTo(Integer.class)
        .one();
  }

  /** Waits until a query says true. */
  private static void await(Pair pair, String sql) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!pair.value(sql).equals("t")) {
      assertThat(System.nanoTime()).as(sql).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
