package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is created, updated, left alone and kept; and that only what differs is touched. */
class CountsIT {
  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, name varchar(40), amount numeric(12,2))";

  @ParameterizedTest
  @EnumSource
  void countsWhatItDoesAndDoesIt(Engine engine) {
    try (Pair pair = Pair.of(engine, TABLE)) {
      pair.source(
          "INSERT INTO t VALUES (1, 'same', 1), (2, 'new name', 2), (3, NULL, 3), (4, '', NULL)");
      pair.target(
          "INSERT INTO t VALUES (1, 'same', 1), (2, 'old name', 2), (3, '', 3), (9, 'own', 9)");

      pair.merges("t +1 ~2 -0 =1 *1");

      assertThat(pair.records("t"))
          .containsExactly(
              "(1,same,1.00)", "(2,\"new name\",2.00)", "(3,,3.00)", "(4,\"\",)", "(9,own,9.00)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacesByAnExactCopy(Engine engine) {
    try (Pair pair = Pair.of(engine, TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'same', 1), (2, 'new', 2), (4, 'created', 4)");
      pair.target(
          "INSERT INTO t VALUES (1, 'same', 1), (2, 'old', 2), (8, NULL, 8), (9, 'own', 9)");

      pair.replaces("t +1 ~1 -2 =1 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingToDoIsAnEmptyPlan(Engine engine) {
    try (Pair pair = Pair.of(engine, TABLE)) {
      pair.both(
          "INSERT INTO t WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x WHERE n < 1000)"
              + " SELECT n, CONCAT('name', n), n FROM x");
      List<String> before = pair.contents();

      pair.merges("t +0 ~0 -0 =1000 *0").replaces("t +0 ~0 -0 =1000 *0");

      assertThat(pair.contents()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptySourceAndEmptyTarget(Engine engine) {
    try (Pair pair = Pair.of(engine, TABLE)) {
      pair.merges("t +0 ~0 -0 =0 *0").replaces("t +0 ~0 -0 =0 *0");
      pair.source("INSERT INTO t VALUES (1, 'a', 1)").merges("t +1 ~0 -0 =0 *0");
      pair.source("DELETE FROM t").merges("t +0 ~0 -0 =0 *1").replaces("t +0 ~0 -1 =0 *0");
    }
  }

  @Test
  @Holds(value = "A11", as = Outcome.EXACT)
  void anUnchangedRowIsNotTouched() {
    try (Pair pair = Pair.of(TABLE)) {
      pair.both("INSERT INTO t SELECT n, n::text, n FROM generate_series(1, 10) AS n");
      pair.source("UPDATE t SET name = 'other' WHERE id = 7");
      pair.target(
          "CREATE TABLE fired (operation text, id int)",
          "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " INSERT INTO fired VALUES (TG_OP, NEW.id); RETURN NEW; END $$",
          "CREATE TRIGGER note BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note()");
      pair.only("t");
      String places = "SELECT id, ctid, xmin, xmax FROM t WHERE id <> 7 ORDER BY id";
      List<String> before = pair.target.rows(places);

      pair.merges("t +0 ~1 -0 =9 *0");

      assertThat(pair.target.rows(places)).isEqualTo(before);
      assertThat(pair.rows("fired")).containsExactly("(UPDATE,7)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlanCountsBeforeItIsApplied(Engine engine) {
    try (Pair pair = Pair.of(engine, TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)");
      pair.target("INSERT INTO t VALUES (2, 'c', 2), (3, 'd', 3)");
      List<String> before = pair.contents();

      try (Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        assertThat(Pair.counts(planned.plan())).containsExactly("t +1 ~1 -1 =0 *0");
        assertThat(planned.plan().isEmpty()).isFalse();
        assertThat(planned.plan().total(TablePlan::changes)).isEqualTo(3);
        assertThat(pair.contents()).isEqualTo(before);
        assertThat(planned.apply().rowsAfter()).containsExactly(2L);
      }
    }
  }
}
