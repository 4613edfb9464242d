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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Where tables are written without foreign_key_checks no row is left without the one it references,
 * whoever else is at work.
 */
class MariaDbForeignKeysIT {
  /** A tree, so that checks are off, whose rows also reference a table outside the set. */
  private static final String[] TREE = {
    "CREATE TABLE owner (id int PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY, parent int, owner int REFERENCES owner (id), v varchar(40),"
        + " FOREIGN KEY (parent) REFERENCES t (id))"
  };

  private static final String ORPHANS =
      "SELECT COUNT(*) FROM t LEFT JOIN owner ON owner.id = t.owner WHERE t.owner IS NOT NULL AND owner.id IS NULL";

  private static Pair tree() {
    Pair pair = Pair.of(Engine.MARIADB, TREE).select("t");
    pair.both("INSERT INTO owner VALUES (1), (2)");
    return pair.source("INSERT INTO t VALUES (5, NULL, 1, 'root'), (1, 5, 2, 'leaf')");
  }

  @Test
  @Holds(value = "M3", as = Outcome.REFUSED)
  void aParentOutsideThatVanishedSinceThePlan() {
    try (Pair pair = tree();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      pair.target("DELETE FROM owner WHERE id = 2");

      SyncException refusal = pair.refuses(planned::apply);

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactly(
              "public.t 1: the row of public.owner it references by owner is not there");
    }
  }

  @Test
  @Holds(value = "M3", as = Outcome.REFUSED)
  void aParentOutsideThatVanishesWhileTheMergeWrites() throws SQLException {
    try (Pair pair = tree();
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Connection other = pair.target.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // Nobody references it yet: the other session may delete it, and is not done.
      statement.execute("DELETE FROM owner WHERE id = 2");
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(
              () -> {
                try {
                  other.commit();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

      SyncException refusal = Pair.failure(planned::apply);
      done.join();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(pair.value("SELECT COUNT(*) FROM t")).isEqualTo("0");
      assertThat(pair.value(ORPHANS)).isEqualTo("0");
    }
  }

  @Test
  void aParentOutsideStaysUntilTheMergeIsCommitted() {
    try (Pair pair = tree();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      planned.apply(
          new Pair.Unrecorded() {
            @Override
            public void write(Handle transaction, MergeResult result) {
              assertThatThrownBy(
                      () ->
                          pair.target(
                              "SET innodb_lock_wait_timeout = 1; DELETE FROM owner WHERE id = 2"))
                  .hasMessageContaining("Lock wait timeout");
            }
          });

      assertThat(pair.value(ORPHANS)).isEqualTo("0");
      assertThat(pair.value("SELECT COUNT(*) FROM t")).isEqualTo("2");
    }
  }

  @Test
  @Holds(value = "M3", as = Outcome.REFUSED)
  void aRowOutsideThatComesToReferenceWhatIsDeleted() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t (id))")) {
      pair.only("t").source("INSERT INTO t VALUES (1)").target("INSERT INTO t VALUES (1), (2)");
      try (Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        pair.target("INSERT INTO log VALUES (70, 2)");

        assertThat(pair.refuses(planned::apply).details())
            .containsExactly("public.log 70 references a row of public.t that would be deleted");
      }
    }
  }

  @Test
  void whoWantsToReferenceWhatIsDeletedWaitsAndIsRefused() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t (id))")) {
      pair.only("t").source("INSERT INTO t VALUES (1)").target("INSERT INTO t VALUES (1), (2)");
      try (Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        planned.apply(
            new Pair.Unrecorded() {
              @Override
              public void write(Handle transaction, MergeResult result) {
                other.completeAsync(
                    () -> {
                      try {
                        pair.target("INSERT INTO log VALUES (70, 2)");
                        return true;
                      } catch (IllegalStateException e) {
                        return false;
                      }
                    });
              }
            });
        assertThat(other.join()).isFalse();
      }
      assertThat(pair.records("log")).isEmpty();
    }
  }

  @Test
  @Holds(value = "M3", as = Outcome.REFUSED)
  void whatATriggerWritesIsCheckedToo() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE kind (id int PRIMARY KEY)",
            "CREATE TABLE log (id int AUTO_INCREMENT PRIMARY KEY, kind int REFERENCES kind (id))",
            "CREATE TABLE t (id int PRIMARY KEY, parent int, FOREIGN KEY (parent) REFERENCES t (id))")) {
      pair.only("t").source("INSERT INTO t VALUES (1, NULL)");
      pair.admin(
          "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log (kind) VALUES (9)");

      // Set off, the checks would let the trigger's row in.
      assertThat(Pair.text(Pair.failure(pair::merge))).contains("public.log");
      assertThat(pair.records("log")).isEmpty();
      assertThat(pair.records("t")).isEmpty();
    }
  }

  @Test
  void cascadesDoNotRunAndNothingIsLeftBehind() {
    for (String rule :
        new String[] {"ON DELETE CASCADE", "ON DELETE SET NULL", "ON UPDATE CASCADE"}) {
      try (Pair pair =
          Pair.of(
              Engine.MARIADB,
              "CREATE TABLE p (id int PRIMARY KEY, code varchar(10) NOT NULL UNIQUE)",
              "CREATE TABLE c (id int PRIMARY KEY, p varchar(10) REFERENCES p (code) "
                  + rule
                  + ")")) {
        pair.source(
            "INSERT INTO p VALUES (1, 'one'), (2, 'two')",
            "INSERT INTO c VALUES (10, 'one'), (11, 'two'), (12, NULL)");
        pair.target(
            "INSERT INTO p VALUES (1, 'old'), (2, 'two'), (3, 'goes')",
            "INSERT INTO c VALUES (10, 'old'), (11, 'old'), (12, 'goes'), (13, 'goes')");

        pair.replaces("p +0 ~1 -1 =1 *0", "c +0 ~3 -1 =0 *0");
      }
    }
  }

  @Test
  void theSessionChecksAgainAfterwards() {
    try (Pair pair = tree();
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      planned.apply();
      assertThat(
              planned
                  .merger()
                  .session()
                  .createQuery("SELECT @@foreign_key_checks")
                  .mapTo(Integer.class)
                  .one())
          .isEqualTo(1);
    }
  }
}
