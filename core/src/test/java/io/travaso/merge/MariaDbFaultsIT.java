package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Database;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.CuttingProxy;
import io.travaso.testing.CuttingProxy.Cut;
import io.travaso.testing.Engine;
import io.travaso.testing.TestServer;
import io.travaso.traps.Holds;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Connections to a MariaDB that end when it matters most; see {@link FaultsIT}. */
class MariaDbFaultsIT {
  private static final String SCHEMA =
      "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), parent int, FOREIGN KEY (parent) REFERENCES t (id))";

  private static Pair pair() {
    return filled(Pair.of(Engine.MARIADB, SCHEMA));
  }

  private static Pair filled(Pair pair) {
    return pair.source("INSERT INTO t VALUES (1, 'new', NULL), (2, 'new', 1)")
        .target("INSERT INTO t VALUES (1, 'old', NULL)");
  }

  /** What became of a merge whose connection is cut at this word, and whether it failed. */
  private static SyncException cut(Pair pair, String word, Cut cut) {
    try (CuttingProxy proxy = CuttingProxy.to(pair.target.server());
        Database database = Pair.open(pair.target, proxy.port(), Map.of());
        Planned planned = pair.plan(MergePolicy.UPSERT, database)) {
      InLedger record = InLedger.of(database, "run-1");
      proxy.cutAt(word, cut);
      SyncException failure = Pair.failure(() -> planned.apply(record));
      assertThat(proxy.hasCut()).as(word).isTrue();
      return failure;
    }
  }

  @Test
  @Holds(value = "A7", as = io.travaso.traps.Outcome.EXACT)
  void aCommitWhoseReplyIsLostIsReadBackAsApplied() {
    try (Pair pair = pair()) {
      assertThat(cut(pair, "COMMIT", Cut.AFTER_THE_REPLY)).isNull();

      assertThat(pair.records("t")).containsExactly("(1,new,)", "(2,new,1)");
      assertThat(pair.target.rows("SELECT outcome FROM travaso_run")).containsExactly("applied");
    }
  }

  @Test
  @Holds(value = "A7", as = io.travaso.traps.Outcome.REFUSED)
  void aCommitThatNeverArrivedIsReadBackAsNotApplied() {
    try (Pair pair = pair()) {
      SyncException failure = cut(pair, "COMMIT", Cut.BEFORE_DELIVERY);

      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(failure.what()).contains("Committing");
      assertThat(pair.records("t")).containsExactly("(1,old,)");
      assertThat(pair.target.rows("SELECT outcome FROM travaso_run")).containsExactly("started");
    }
  }

  @Test
  @Holds(value = "A3", as = io.travaso.traps.Outcome.REFUSED)
  void aConnectionThatIsCutAnywhereElseLeavesTheTargetAsItWas() {
    for (String word :
        new String[] {
          "SET TRANSACTION",
          "FOR UPDATE",
          "travaso_diff",
          "foreign_key_checks = 0",
          "UPDATE `travaso_diff",
          "INSERT INTO `t`",
          "foreign_key_checks = 1",
          "LOCK IN SHARE MODE",
          "UPDATE travaso_run"
        }) {
      for (Cut cut : Cut.values()) {
        try (Pair pair = pair()) {
          assertThat(cut(pair, word, cut)).as(word).isNotNull();

          assertThat(pair.records("t")).as(word).containsExactly("(1,old,)");
          pair.merges("t +1 ~1 -0 =0 *0");
        }
      }
    }
  }

  @Test
  @Holds(value = "A3", as = io.travaso.traps.Outcome.REFUSED)
  void aSessionThatTheServerEndsInTheMiddleOfWriting() {
    try (Pair pair = pair()) {
      pair.target("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @slept = SLEEP(60)");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        long id =
            planned
                .merger()
                .session()
                .createQuery("SELECT CONNECTION_ID()")
                .mapTo(Long.class)
                .one();
        CompletableFuture<Boolean> killed =
            CompletableFuture.supplyAsync(
                () -> {
                  await(
                      pair,
                      "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep' AND ID = "
                          + id);
                  pair.target.executeAsAdmin("KILL " + id);
                  return true;
                });
        SyncException failure = Pair.failure(planned::apply);

        assertThat(killed.join()).isTrue();
        assertThat(failure.what()).contains("Merging");
        assertThat(pair.records("t")).containsExactly("(1,old,)");
      }
    }
  }

  @Test
  void aServerThatCrashes() {
    try (TestServer server = Engine.MARIADB.start();
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
      assertThat(pair.records("t")).containsExactly("(1,old,)");
      record.ledger().fail("run-1", Instant.EPOCH, "The server crashed");
      try (Database again = Pair.open(pair.target)) {
        assertThat(new Ledger(again).runs())
            .extracting(Run::outcome)
            .containsExactly(Outcome.FAILED);
      }
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
      other.apply();
      assertThat(pair.records("t")).hasSize(2);
    }
  }

  /** Waits until a query says 1. */
  private static void await(Pair pair, String sql) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!pair.value(sql).equals("1")) {
      assertThat(System.nanoTime()).as(sql).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
