package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full replace: an exact copy of the set, and nothing outside of it touched. */
class FullReplaceIT {
  private static final String FAMILY =
      "CREATE TABLE p (id int PRIMARY KEY, v varchar(40));"
          + "CREATE TABLE c (id int PRIMARY KEY, p int %s REFERENCES p (id) %s, v varchar(40))";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ON DELETE CASCADE",
        "ON DELETE SET NULL",
        "ON DELETE SET DEFAULT",
        "ON DELETE RESTRICT",
        "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
        "DEFERRABLE INITIALLY DEFERRED"
      })
  void parentsVanishAndChildrenMoveAway(String rule) {
    for (Engine engine : Engine.values()) {
      if (engine == Engine.MARIADB && rule.matches(".*DEFER.*|.*DEFAULT")) {
        continue;
      }
      try (Pair pair = Pair.of(engine, FAMILY.formatted("", rule))) {
        pair.source(
            "INSERT INTO p VALUES (1, 'stays'), (2, 'new')",
            "INSERT INTO c VALUES (10, 2, 'moved'), (11, 1, 'moved'), (12, NULL, 'set free'), (13, 2, 'new')");
        pair.target(
            "INSERT INTO p VALUES (1, 'stays'), (8, 'vanishes'), (9, 'vanishes')",
            "INSERT INTO c VALUES (10, 8, 'moved'), (11, 9, 'moved'), (12, 8, 'set free'), (20, 9, 'goes'), (21, 1, 'goes')");

        pair.replaces("p +1 ~0 -2 =1 *0", "c +1 ~3 -2 =0 *0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingGoesAndEverythingComes(Engine engine) {
    try (Pair pair = Pair.of(engine, FAMILY.formatted("NOT NULL", "ON DELETE CASCADE"))) {
      pair.source("INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (1, 1, 'a')");
      pair.target("INSERT INTO p VALUES (2, 'b'); INSERT INTO c VALUES (2, 2, 'b')");

      pair.replaces("p +1 ~0 -1 =0 *0", "c +1 ~0 -1 =0 *0");
      pair.source("DELETE FROM c; DELETE FROM p").replaces("p +0 ~0 -1 =0 *0", "c +0 ~0 -1 =0 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ON DELETE CASCADE", "ON DELETE SET NULL", "ON DELETE RESTRICT"})
  @Holds(value = "A4", as = Outcome.REFUSED)
  void refusesToReachATableOutside(String rule) {
    for (Engine engine : Engine.values()) {
      refusesToReachATableOutside(engine, rule);
    }
  }

  private static void refusesToReachATableOutside(Engine engine, String rule) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t (id) " + rule + ")",
            "CREATE TABLE log_detail (a int, b varchar(40), t int REFERENCES t (id) "
                + rule
                + ", PRIMARY KEY (a, b))")) {
      pair.only("t");
      pair.source("INSERT INTO t VALUES (1, 'stays')");
      pair.target(
          "INSERT INTO t VALUES (1, 'old'), (2, 'goes'), (3, 'goes')",
          "INSERT INTO log VALUES (70, 2), (71, 3), (72, 1), (73, NULL)",
          "INSERT INTO log_detail VALUES (5, 'x', 2), (6, 'x', 1)");

      SyncException refusal = pair.refusesReplace();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.log 70 references a row of public.t that would be deleted",
              "public.log 71 references a row of public.t that would be deleted",
              "public.log_detail 5, x references a row of public.t that would be deleted");
      assertThat(refusal.hint()).contains("--full-replace");
    }
  }

  @Test
  void touchesNothingOutside() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE)",
            "CREATE TABLE log_line (id int PRIMARY KEY, log int REFERENCES log ON DELETE CASCADE)")) {
      pair.only("t");
      pair.source("INSERT INTO t VALUES (1, 'new')");
      pair.target(
          "INSERT INTO t VALUES (1, 'old'), (2, 'goes')",
          "INSERT INTO log VALUES (70, 1); INSERT INTO log_line VALUES (700, 70)");
      String outside =
          "SELECT 'log', ctid, xmin, id FROM log UNION ALL SELECT 'line', ctid, xmin, id FROM log_line";
      List<String> before = pair.target.rows(outside);

      pair.replaces("t +0 ~1 -1 =0 *0");

      assertThat(pair.target.rows(outside)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesToMoveAValueThatATableOutsideReferences(Engine engine) {
    for (String rule : new String[] {"", "ON UPDATE CASCADE", "ON UPDATE SET NULL"}) {
      try (Pair pair =
          Pair.of(
              engine,
              "CREATE TABLE t (id int PRIMARY KEY, code varchar(40) UNIQUE)",
              "CREATE TABLE log (id int PRIMARY KEY, code varchar(40) REFERENCES t (code) "
                  + rule
                  + ")")) {
        pair.only("t");
        pair.source("INSERT INTO t VALUES (1, 'new'), (2, 'free to move')");
        pair.target(
            "INSERT INTO t VALUES (1, 'old'), (2, 'unreferenced')",
            "INSERT INTO log VALUES (70, 'old')");

        assertThat(pair.refusesMerge().details())
            .containsExactly(
                "public.log 70 references a row of public.t that would get another key");
      }
    }
  }

  @Test
  void aReferenceToOnePartitionReachesTheWholeTable() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40)) PARTITION BY RANGE (id)",
            "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (100)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t_low ON DELETE CASCADE)")) {
      pair.only("t");
      pair.target("INSERT INTO t VALUES (1, 'goes'); INSERT INTO log VALUES (70, 1)");

      assertThat(pair.refusesReplace().details())
          .containsExactly("public.log 70 references a row of public.t that would be deleted");
    }
  }

  @ParameterizedTest
  @EnumSource
  void selectedTablesOnly(Engine engine) {
    try (Pair pair =
        Pair.of(engine, FAMILY.formatted("", ""), "CREATE TABLE other (id int PRIMARY KEY)")) {
      pair.source("INSERT INTO p VALUES (1, 'a')");
      pair.target("INSERT INTO p VALUES (2, 'b'); INSERT INTO other VALUES (5)");
      pair.select("p");

      pair.replaces("p +1 ~0 -1 =0 *0");
      assertThat(pair.records("other")).containsExactly("(5)");

      pair.source("INSERT INTO p VALUES (3, 'c')")
          .target("INSERT INTO p VALUES (2, 'b'); INSERT INTO c VALUES (1, 2, NULL)");
      assertThat(pair.refusesReplace().details())
          .containsExactly("public.c 1 references a row of public.p that would be deleted");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatTheApplicationAddsOutsideMeanwhileIsNotLost(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE log (id int PRIMARY KEY, t int REFERENCES t (id) ON DELETE CASCADE)")) {
      pair.only("t");
      pair.target("INSERT INTO t VALUES (1)");
      try (Pair.Planned planned = pair.plan(MergePolicy.FULL_REPLACE)) {
        pair.target("INSERT INTO log VALUES (70, 1)");

        assertThat(pair.refuses(planned::apply).details()).hasSize(1);
      }
    }
  }
}
