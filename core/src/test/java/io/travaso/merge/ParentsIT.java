package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.table.Reference;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows whose referenced row is not there, whichever way it is missing: listed with the plan. */
class ParentsIT {
  private static final String FIVE_HUNDRED =
      "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x WHERE n < 500) ";

  private static final String FAMILY =
      "CREATE TABLE p (id int PRIMARY KEY, v varchar(40));"
          + "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p (id), v varchar(40))";

  @ParameterizedTest
  @EnumSource
  void missingOutsideOfTheSelectedTables(Engine engine) {
    try (Pair pair = Pair.of(engine, FAMILY)) {
      pair.source(
          "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO c VALUES (10, 1, NULL), (11, 2, NULL), (12, NULL, NULL), (13, 2, NULL)");
      pair.target("INSERT INTO p VALUES (1, 'a')");
      pair.select("c");

      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.c 11: the row of public.p it references by p is not in the target",
              "public.c 13: the row of public.p it references by p is not in the target");

      pair.target("INSERT INTO p VALUES (2, 'own')").merges("c +4 ~0 -0 =0 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingAmongTheStagedRows(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int)")) {
      // The source has no foreign key that would keep it from dangling.
      pair.target("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p (id)");
      pair.source("INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (10, 1), (11, 99), (12, 2)");
      pair.target("INSERT INTO p VALUES (2)");

      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .containsExactly(
              "public.c 11: the row of public.p it references by p is not in the target");
      // Replacing takes row 2 away.
      assertThat(pair.refuses(() -> pair.plan(MergePolicy.FULL_REPLACE)).details())
          .containsExactlyInAnyOrder(
              "public.c 11: the row of public.p it references by p is not in the target",
              "public.c 12: the row of public.p it references by p is not in the target");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUnchangedChildOfAVanishingParentIsNotLostByCascade(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int)")) {
      pair.target("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE");
      pair.source("INSERT INTO c VALUES (10, 1)");
      pair.target("INSERT INTO p VALUES (1); INSERT INTO c VALUES (10, 1)");

      assertThat(Pair.text(pair.refusesReplace())).contains("public.c 10");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingByAKeyOfSeveralColumns(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (a int, b varchar(40), PRIMARY KEY (a, b))",
            "CREATE TABLE c (id int PRIMARY KEY, pb varchar(40), pa int, FOREIGN KEY (pa, pb) REFERENCES p (a, b))")) {
      pair.source(
          "INSERT INTO p VALUES (1, 'x'), (1, 'y')",
          "INSERT INTO c VALUES (10, 'x', 1), (11, 'y', 1), (12, NULL, 5)");
      pair.target("INSERT INTO p VALUES (1, 'x')");
      pair.select("c");

      assertThat(pair.refusesMerge().details())
          .containsExactly(
              "public.c 11: the row of public.p it references by pa, pb is not in the target");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aParentThatVanishesBetweenPlanAndApply(Engine engine) {
    try (Pair pair = Pair.of(engine, FAMILY)) {
      pair.source("INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (10, 1, NULL)");
      pair.target("INSERT INTO p VALUES (1, 'a')").select("c");
      try (Pair.Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("DELETE FROM p");

        SyncException failure = pair.refuses(planned::apply);

        assertThat(failure.what()).contains(engine == Engine.POSTGRESQL ? "c_p_fkey" : "c_ibfk_1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemIsToldAtOnce(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE other (id int PRIMARY KEY)",
            "CREATE TABLE a (id int PRIMARY KEY, u int REFERENCES users (id), o int REFERENCES other (id))",
            "CREATE TABLE b (id int PRIMARY KEY, u int REFERENCES users (id))")) {
      pair.source(
          "INSERT INTO users VALUES (1, 'anna'), (2, 'bo'); INSERT INTO other VALUES (5)",
          "INSERT INTO a VALUES (10, 1, 5), (11, 2, NULL); INSERT INTO b VALUES (20, 2)");
      pair.target("INSERT INTO users VALUES (4, 'anna')");
      pair.reference("users", "name").select("a", "b");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "the target has no public.users [bo], referenced 2 times",
              "public.a 11: u is public.users [bo]",
              "public.b 20: u is public.users [bo]",
              "public.a 10: the row of public.other it references by o is not in the target");
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyMissingRowsAreNotCutShortSilently(Engine engine) {
    try (Pair pair = Pair.of(engine, FAMILY)) {
      pair.source(
          "INSERT INTO p " + FIVE_HUNDRED + "SELECT n, '' FROM x",
          "INSERT INTO c (id, p) " + FIVE_HUNDRED + "SELECT n, n FROM x");
      pair.select("c");

      assertThat(pair.refusesMerge().details()).hasSize(500);
    }
  }

  @Test
  @Holds(value = "P17", as = Outcome.REFUSED)
  void duplicatesAmongTheStagedRows() {
    try (Pair pair = Pair.of("CREATE TABLE t (id numeric, v varchar(40))")) {
      // Two keys in the source that are one in the target.
      pair.source("ALTER TABLE t ALTER id TYPE text USING id::text, ADD PRIMARY KEY (id)");
      pair.target("ALTER TABLE t ADD PRIMARY KEY (id)");
      pair.source("INSERT INTO t VALUES ('1.0', 'a'), ('1.00', 'b'), ('2', 'c')");

      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));

      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.t 1.0 stands more than once", "public.t 1.00 stands more than once");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIdToUseInsteadThatDoesNotExist(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users (id))")) {
      pair.source("INSERT INTO users VALUES (1, 'anna'); INSERT INTO t VALUES (10, 1)");
      pair.reference("users", new Reference.Use("77"), "name");

      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .isEqualTo(
              List.of(
                  "public.t 10: the row of public.users it references by u is not in the target"));
    }
  }
}
