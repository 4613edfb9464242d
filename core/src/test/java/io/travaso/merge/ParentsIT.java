package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.table.Reference;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows whose referenced row is not there, whichever way it is missing: listed with the plan. */
class ParentsIT {
  private static final String FAMILY =
      "CREATE TABLE p (id int PRIMARY KEY, v text);"
          + "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p, v text)";

  @Test
  void missingOutsideOfTheSelectedTables() {
    try (Pair pair = Pair.of(FAMILY)) {
      pair.source(
          "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
          "INSERT INTO c VALUES (10, 1), (11, 2), (12, NULL), (13, 2)");
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

  @Test
  void missingAmongTheStagedRows() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int)")) {
      // The source has no foreign key that would keep it from dangling.
      pair.target("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p");
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

  @Test
  void anUnchangedChildOfAVanishingParentIsNotLostByCascade() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int)")) {
      pair.target("ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE");
      pair.source("INSERT INTO c VALUES (10, 1)");
      pair.target("INSERT INTO p VALUES (1); INSERT INTO c VALUES (10, 1)");

      assertThat(Pair.text(pair.refusesReplace())).contains("public.c 10");
    }
  }

  @Test
  void missingByAKeyOfSeveralColumns() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (a int, b text, PRIMARY KEY (a, b))",
            "CREATE TABLE c (id int PRIMARY KEY, pb text, pa int, FOREIGN KEY (pa, pb) REFERENCES p)")) {
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

  @Test
  void aParentThatVanishesBetweenPlanAndApply() {
    try (Pair pair = Pair.of(FAMILY)) {
      pair.source("INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (10, 1)");
      pair.target("INSERT INTO p VALUES (1, 'a')").select("c");
      try (Pair.Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("DELETE FROM p");

        SyncException failure = pair.refuses(planned::apply);

        assertThat(failure.what()).contains("public.c", "c_p_fkey");
      }
    }
  }

  @Test
  void everyProblemIsToldAtOnce() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
            "CREATE TABLE other (id int PRIMARY KEY)",
            "CREATE TABLE a (id int PRIMARY KEY, u int REFERENCES users, o int REFERENCES other)",
            "CREATE TABLE b (id int PRIMARY KEY, u int REFERENCES users)")) {
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

  @Test
  void manyMissingRowsAreNotCutShortSilently() {
    try (Pair pair = Pair.of(FAMILY)) {
      pair.source(
          "INSERT INTO p SELECT n, '' FROM generate_series(1, 500) AS n",
          "INSERT INTO c SELECT n, n FROM generate_series(1, 500) AS n");
      pair.select("c");

      assertThat(pair.refusesMerge().details()).hasSize(500);
    }
  }

  @Test
  @Holds(value = "P17", as = Outcome.REFUSED)
  void duplicatesAmongTheStagedRows() {
    try (Pair pair = Pair.of("CREATE TABLE t (id numeric, v text)")) {
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

  @Test
  void anIdToUseInsteadThatDoesNotExist() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL UNIQUE)",
            "CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users)")) {
      pair.source("INSERT INTO users VALUES (1, 'anna'); INSERT INTO t VALUES (10, 1)");
      pair.reference("users", new Reference.Use("77"), "name");

      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .isEqualTo(
              List.of(
                  "public.t 10: the row of public.users it references by u is not in the target"));
    }
  }
}
