package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.table.ColumnRule;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.api.Test;

/** Triggers of the target: what they lose or change is noticed before it is committed. */
class TriggersIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  /** In the target: a function with this body, fired as said. */
  private static void trigger(Pair pair, String body, String when) {
    pair.target(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$",
        "CREATE TRIGGER g " + when + " EXECUTE FUNCTION f()");
  }

  private static Pair rows() {
    Pair pair = Pair.of(TABLE).source("INSERT INTO t VALUES (1, 'new'), (2, 'new'), (3, 'new')");
    return pair.target("INSERT INTO t VALUES (1, 'old'), (8, 'own'), (9, 'own')");
  }

  @Test
  void thatSwallowsAnInsert() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "IF NEW.id = 3 THEN RETURN NULL; END IF; RETURN NEW;",
          "BEFORE INSERT ON t FOR EACH ROW");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("public.t", "created", "nothing was written");
      assertThat(failure.details()).containsExactly("public.t 3");
      assertThat(failure.hint()).contains("trigger");
    }
  }

  @Test
  void thatSwallowsAnUpdate() {
    try (Pair pair = rows()) {
      trigger(pair, "RETURN NULL;", "BEFORE UPDATE ON t FOR EACH ROW");

      assertThat(pair.refusesMerge().details()).contains("public.t 1");
    }
  }

  @Test
  void thatSwallowsADelete() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "IF OLD.id = 9 THEN RETURN NULL; END IF; RETURN OLD;",
          "BEFORE DELETE ON t FOR EACH ROW");

      assertThat(pair.refusesReplace().details()).contains("public.t 9");
    }
  }

  @Test
  @Holds(value = "P19", as = Outcome.REFUSED)
  void thatRewritesWhatIsWritten() {
    try (Pair pair = rows()) {
      trigger(pair, "NEW.v := NEW.v || '!'; RETURN NEW;", "BEFORE UPDATE ON t FOR EACH ROW");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("reads back differently");
      assertThat(failure.details()).containsExactly("public.t 1");
      assertThat(Pair.text(failure)).doesNotContain("new!");
    }
  }

  @Test
  void thatRewritesTheKey() {
    try (Pair pair = rows()) {
      trigger(pair, "NEW.id := NEW.id + 100; RETURN NEW;", "BEFORE INSERT ON t FOR EACH ROW");

      assertThat(pair.refusesMerge().details()).contains("public.t 2", "public.t 3");
    }
  }

  @Test
  void thatRewritesAfterwards() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "IF pg_trigger_depth() = 1 THEN UPDATE t SET v = 'x' WHERE id = NEW.id; END IF; RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder("public.t 2", "public.t 3");
    }
  }

  @Test
  void thatRewritesOnlyAtTheEndOfTheTransaction() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "IF pg_trigger_depth() = 1 THEN UPDATE t SET v = 'x' WHERE id = NEW.id; END IF; RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");
      pair.target(
          "DROP TRIGGER g ON t",
          "CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
              + " FOR EACH ROW EXECUTE FUNCTION f()");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder("public.t 2", "public.t 3");
    }
  }

  @Test
  void thatChangesRowsThatWereEqual() {
    try (Pair pair = Pair.of(TABLE, "CREATE TABLE sum (id int PRIMARY KEY, n int)")) {
      pair.both("INSERT INTO sum VALUES (1, 5), (2, 5)");
      pair.source("INSERT INTO t VALUES (1, 'new')");
      trigger(
          pair,
          "UPDATE sum SET n = n + 1 WHERE id = 2; RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");

      assertThat(pair.refusesMerge().details()).containsExactly("public.sum 2");
    }
  }

  @Test
  void thatDeletesRowsOfTheTargetsOwn() {
    try (Pair pair = rows()) {
      trigger(
          pair, "DELETE FROM t WHERE id = 9; RETURN NULL;", "AFTER INSERT ON t FOR EACH STATEMENT");

      assertThat(pair.refusesMerge().details()).containsExactly("public.t has 4 rows instead of 5");
    }
  }

  @Test
  void thatAddsRowsToTheSet() {
    try (Pair pair = Pair.of(TABLE, "CREATE TABLE history (id int PRIMARY KEY, t int)")) {
      pair.source("INSERT INTO t VALUES (1, 'new')");
      trigger(
          pair,
          "INSERT INTO history VALUES (NEW.id, NEW.id); RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");

      assertThat(pair.refusesMerge().details())
          .containsExactly("public.history has 1 rows instead of 0");

      pair.exclude("history").merges("t +1 ~0 -0 =0 *0");
      assertThat(pair.target.rows("SELECT t FROM history")).containsExactly("1");
    }
  }

  @Test
  void ofOnePartitionIsNoticed() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
            "CREATE TABLE t_1 PARTITION OF t DEFAULT",
            "CREATE TABLE other (id int PRIMARY KEY, n int)")) {
      pair.both("INSERT INTO other VALUES (1, 5)").source("INSERT INTO t VALUES (1, 'new')");
      trigger(pair, "UPDATE other SET n = 6; RETURN NULL;", "AFTER INSERT ON t_1 FOR EACH ROW");

      assertThat(pair.refusesMerge().details()).containsExactly("public.other 1");
    }
  }

  @Test
  @Holds(value = "G3", as = Outcome.REFUSED)
  void thatRefusesIsToldWithoutItsValues() {
    try (Pair pair = rows()) {
      trigger(pair, "RAISE EXCEPTION 'no % here', NEW.v;", "BEFORE INSERT ON t FOR EACH ROW");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("f()", "P0001");
      assertThat(Pair.text(failure)).doesNotContain("no new here");
    }
  }

  @Test
  void thatRefusesUnderABorrowedCodeIsToldWithoutItsValues() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "RAISE check_violation USING MESSAGE = 'no ' || NEW.v;",
          "BEFORE INSERT ON t FOR EACH ROW");

      assertThat(Pair.text(pair.refusesMerge())).contains("f()", "23514").doesNotContain("no new");
    }
  }

  @Test
  void thatStandsForAStatementFiresOnlyWhereThereIsSomethingToDo() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "RAISE EXCEPTION 'nothing may be deleted';",
          "BEFORE DELETE ON t FOR EACH STATEMENT");

      pair.merges("t +2 ~1 -0 =0 *2");
      assertThat(pair.refusesReplace().what()).contains("f()");
    }
  }

  @Test
  void findsItsTablesAsTheApplicationDoes() {
    try (Pair pair = rows()) {
      pair.target("CREATE SCHEMA app; CREATE TABLE app.audit (id int)");
      pair.target(
          "ALTER ROLE %s IN DATABASE %s SET search_path = public, app"
              .formatted(pair.target.user(), pair.target.name()));
      trigger(
          pair,
          "INSERT INTO audit VALUES (NEW.id); RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");
      pair.only("t");

      pair.merges("t +2 ~1 -0 =0 *2");

      assertThat(pair.rows("app.audit")).containsExactly("(2)", "(3)");
    }
  }

  @Test
  void rulesAreRefusedWithTheSet() {
    try (Pair pair = rows()) {
      pair.target("CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING");

      assertThat(Pair.text(pair.refusesMerge())).contains("public.t", "rules");
    }
  }

  @Test
  void thatChangesRowsOnlyTheTargetHas() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "UPDATE t SET v = 'touched' WHERE id = 9; RETURN NULL;",
          "AFTER INSERT ON t FOR EACH ROW");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("only the target has", "public.t");
      assertThat(failure.hint()).contains("ignore");
    }
  }

  @Test
  void anActionOnUpdateThatReachesRowsOnlyTheTargetHas() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE k (n numeric PRIMARY KEY)",
            "CREATE TABLE c (id int PRIMARY KEY, n numeric REFERENCES k ON UPDATE SET NULL)")) {
      pair.source("INSERT INTO k VALUES (1.00)");
      pair.target("INSERT INTO k VALUES (1.0)", "INSERT INTO c VALUES (9, 1.0)");

      assertThat(pair.refusesMerge().what()).contains("only the target has");
    }
  }

  @Test
  void thatKeepsAnIgnoredColumnUpToDate() {
    try (Pair pair = Pair.of(TABLE.replace("v text", "v text, n int DEFAULT 0"))) {
      pair.column("t", "n", new ColumnRule.Ignore());
      trigger(
          pair,
          "UPDATE t SET n = 7 WHERE id = 9; NEW.n := 5; RETURN NEW;",
          "BEFORE INSERT ON t FOR EACH ROW");
      pair.target(
          "ALTER TABLE t DISABLE TRIGGER g; INSERT INTO t VALUES (9, 'own');"
              + " ALTER TABLE t ENABLE TRIGGER g");
      pair.source("INSERT INTO t VALUES (1, 'new', 1)");

      pair.merges("t +1 ~0 -0 =0 *1");

      assertThat(pair.rows("t")).containsExactly("(1,new,5)", "(9,own,7)");
    }
  }
}
