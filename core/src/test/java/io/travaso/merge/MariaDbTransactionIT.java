package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A merge into MariaDB is one transaction, and the application is at work beside it. */
class MariaDbTransactionIT {

  private static Pair pair() {
    Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40), a int, FOREIGN KEY (a) REFERENCES a (id))",
            "CREATE TABLE b (id int PRIMARY KEY, v varchar(40))",
            "CREATE TABLE c (id int PRIMARY KEY, v varchar(40), a int, FOREIGN KEY (a) REFERENCES a (id))");
    return pair.source(
            "INSERT INTO a VALUES (1, 'new', NULL), (2, 'created', 1)",
            "INSERT INTO b VALUES (1, 'new'), (2, 'created')",
            "INSERT INTO c VALUES (1, 'new', 2), (2, 'created', 1)")
        .target(
            "INSERT INTO a VALUES (1, 'old', NULL), (9, 'own', 1)",
            "INSERT INTO b VALUES (1, 'old'), (9, 'own')",
            "INSERT INTO c VALUES (1, 'old', 9)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPSERT", "FULL_REPLACE"})
  @Holds(value = "M1", as = Outcome.EXACT)
  @Holds(value = "M2", as = Outcome.REFUSED)
  void whatFailsAtItsEndLeavesEverythingAsItWas(String policy) {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.valueOf(policy))) {
      SyncException failure =
          pair.refuses(
              () ->
                  planned.apply(
                      new Pair.Unrecorded() {
                        @Override
                        public void write(Handle transaction, MergeResult result) {
                          // All is written and read back; nothing of it is committed yet.
                          assertThat(
                                  transaction
                                      .createQuery("SELECT v FROM b WHERE id = 1")
                                      .mapTo(String.class)
                                      .one())
                              .isEqualTo("new");
                          transaction.execute("INSERT INTO no_such_table VALUES (1)");
                        }
                      }));
      assertThat(failure.what()).contains("Merging");
    }
  }

  @Test
  void whatTheLastTableRefusesLeavesEverythingAsItWas() {
    try (Pair pair = pair()) {
      pair.admin(
          "CREATE TRIGGER g BEFORE INSERT ON c FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'");
      pair.source.executeAsAdmin("DROP TRIGGER g");

      // AUTO_INCREMENT has moved: a gap, which harms nobody.
      SyncException failure = Pair.failure(pair::merge);

      assertThat(failure.what()).contains("Merging");
      assertThat(pair.records("a")).containsExactly("(1,old,)", "(9,own,1)");
      assertThat(pair.records("b")).containsExactly("(1,old)", "(9,own)");
      assertThat(pair.records("c")).containsExactly("(1,old,9)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO b VALUES (7, 'uncommitted')",
        "UPDATE c SET v = 'uncommitted'",
        "SELECT * FROM b WHERE id = 1 FOR UPDATE",
        "SELECT * FROM b WHERE id = 1 LOCK IN SHARE MODE",
        "LOCK TABLES b WRITE"
      })
  @Holds(value = "A3", as = Outcome.REFUSED)
  void aLockOfTheApplicationIsNotWaitedForLong(String sql) throws SQLException {
    try (Pair pair = pair().lockWait(Duration.ofMillis(300));
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection application = pair.target.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute(sql);
      long begin = System.nanoTime();

      SyncException refusal = Pair.failure(planned::apply);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      application.rollback();
      statement.execute("UNLOCK TABLES");
      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.hint()).contains("nothing was written");
      assertThat(pair.records("a")).containsExactly("(1,old,)", "(9,own,1)");
      assertThat(pair.records("b")).containsExactly("(1,old)", "(9,own)");
      assertThat(pair.records("c")).containsExactly("(1,old,9)");
    }
  }

  @Test
  void aPlanIsInNobodysWay() throws SQLException {
    try (Pair pair = pair();
        Connection application = pair.target.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("UPDATE a SET v = 'uncommitted'");
      statement.execute("DELETE FROM c");

      try (Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        assertThat(planned.plan().isEmpty()).isFalse();
        statement.execute("SET innodb_lock_wait_timeout = 1");
        statement.execute("UPDATE b SET v = 'by the application'");
      }
      application.rollback();
    }
  }

  @Test
  void aReaderOfTheApplicationIsNotInTheWay() throws SQLException {
    try (Pair pair = pair();
        Connection application = pair.target.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("SELECT * FROM a, b, c");

      pair.merges("a +1 ~1 -0 =0 *1", "b +1 ~1 -0 =0 *1", "c +1 ~1 -0 =0 *0");
      application.rollback();
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
              assertThat(pair.records("b")).containsExactly("(1,old)", "(9,own)");
              for (String sql :
                  new String[] {
                    "INSERT INTO a (v) VALUES ('their own')",
                    "INSERT INTO b VALUES (5, 'between')",
                    "INSERT INTO b VALUES (99, 'above')",
                    "DELETE FROM b WHERE id = 9",
                    "UPDATE c SET v = ''"
                  }) {
                assertThatThrownBy(() -> pair.target("SET innodb_lock_wait_timeout = 1; " + sql))
                    .hasMessageContaining("Lock wait timeout");
              }
            }
          });

      assertThat(pair.records("b")).containsExactly("(1,new)", "(2,created)", "(9,own)");
    }
  }

  @Test
  @Holds(value = "A3", as = Outcome.REFUSED)
  void aDeadlockEndsInARefusalOrInTheMerge() throws Exception {
    try (Pair pair = pair();
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection application = pair.target.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("UPDATE c SET v = 'application'");
      CompletableFuture<Boolean> other =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.execute("UPDATE a SET v = 'application'");
                  application.commit();
                  return true;
                } catch (SQLException e) {
                  return false;
                }
              },
              CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));

      SyncException refusal = Pair.failure(planned::apply);
      boolean applied = other.get();
      application.rollback();

      if (refusal == null) {
        assertThat(applied).isFalse();
        assertThat(pair.records("b")).containsExactly("(1,new)", "(2,created)", "(9,own)");
      } else {
        assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
        assertThat(pair.records("b")).containsExactly("(1,old)", "(9,own)");
      }
    }
  }

  /** As it is by default from 11.6 on. */
  @Test
  void withSnapshotIsolation() {
    try (Pair pair = pair()) {
      pair.target.executeAsAdmin("SET GLOBAL innodb_snapshot_isolation = ON");
      try {
        pair.merges("a +1 ~1 -0 =0 *1", "b +1 ~1 -0 =0 *1", "c +1 ~1 -0 =0 *0");
        pair.replaces("a +0 ~0 -1 =2 *0", "b +0 ~0 -1 =2 *0", "c +0 ~0 -0 =2 *0");
      } finally {
        pair.target.executeAsAdmin("SET GLOBAL innodb_snapshot_isolation = OFF");
      }
    }
  }
}
