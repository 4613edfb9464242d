package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes in the target between the plan that was shown and the merge. */
class StaleIT {

  /**
   * To be updated: 1; created: 2; deleted when replacing: 8; unchanged: 3; of the target's own: 8.
   */
  private static Pair pair(Engine engine) {
    Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), w numeric(6,2))",
            "CREATE TABLE other (id int PRIMARY KEY)");
    pair.source("INSERT INTO t VALUES (1, 'new', 1), (2, 'created', 1), (3, 'same', 1)");
    pair.target(
        "INSERT INTO t VALUES (1, 'old', 1), (3, 'same', 1), (8, 'own', 1); INSERT INTO other VALUES (1)");
    return pair.only("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET v = 'changed by hand' WHERE id = 1",
        "UPDATE t SET w = 1.01 WHERE id = 1",
        "UPDATE t SET v = 'new' WHERE id = 1",
        "UPDATE t SET v = 'changed by hand' WHERE id = 3",
        "DELETE FROM t WHERE id = 1",
        "DELETE FROM t WHERE id = 3",
        "INSERT INTO t VALUES (2, 'created', 1)",
        "INSERT INTO t VALUES (2, 'by somebody else', 1)"
      })
  void isRefused(String change) {
    for (Engine engine : Engine.values()) {
      for (MergePolicy policy : MergePolicy.values()) {
        try (Pair pair = pair(engine);
            Planned planned = pair.plan(policy)) {
          pair.target(change);

          SyncException refusal = pair.refuses(planned::apply);

          assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
          assertThat(refusal.what())
              .contains("changed since the plan", "public.t", "nothing was written");
          assertThat(refusal.details()).containsExactly("public.t");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET v = 'by hand' WHERE id = 8",
        "DELETE FROM t WHERE id = 8",
        "INSERT INTO t VALUES (9, 'new in the target', 1)"
      })
  void whereRowsToBeDeletedAreOthersIsRefused(String change) {
    for (Engine engine : Engine.values()) {
      try (Pair pair = pair(engine);
          Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        pair.target(change);

        assertThat(pair.refuses(planned::apply).what()).contains("changed since the plan");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE other SET id = 2",
        "UPDATE t SET v = 'by hand' WHERE id = 8",
        "DELETE FROM t WHERE id = 8",
        "INSERT INTO t VALUES (9, 'new in the target', 1)",
        "UPDATE t SET v = v",
        "CREATE TABLE new_one (id int)"
      })
  void inWhatTheMergeDoesNotTouchIsNot(String change) {
    for (Engine engine : Engine.values()) {
      try (Pair pair = pair(engine);
          Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target(change);

        planned.apply();

        assertThat(pair.value("SELECT v FROM t WHERE id IN (1, 2, 3) ORDER BY id"))
            .isEqualTo("new\ncreated\nsame");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "A11", as = Outcome.REFUSED)
  void pairsOfChangesDoNotCancelEachOther(Engine engine) {
    try (Pair pair = Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))")) {
      pair.source("INSERT INTO t VALUES (1, 'new'), (2, 'new')");
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("UPDATE t SET v = CASE v WHEN 'a' THEN 'b' ELSE 'a' END");

        assertThat(pair.refuses(planned::apply).what()).contains("changed since the plan");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aColumnThatIsGoneMeanwhileFailsCleanly(Engine engine) {
    try (Pair pair = pair(engine);
        Planned planned = pair.plan(MergePolicy.UPSERT)) {
      pair.target("ALTER TABLE t DROP w");

      assertThat(pair.refuses(planned::apply).what()).contains("Merging");
    }
  }
}
