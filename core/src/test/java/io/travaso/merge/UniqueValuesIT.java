package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.api.Test;

/** Unique values that move from one row to another in the same merge. */
class UniqueValuesIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, code text UNIQUE)";

  @Test
  void freedByAnUpdateAndTakenByAnInsert() {
    try (Pair pair = Pair.of(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'renamed'), (2, 'code')");
      pair.target("INSERT INTO t VALUES (1, 'code')");

      pair.merges("t +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void freedByADeleteAndTakenByAnInsertAndAnUpdate() {
    try (Pair pair = Pair.of(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.target("INSERT INTO t VALUES (8, 'a'), (9, 'b'), (2, 'c')");

      pair.replaces("t +1 ~1 -2 =0 *0");
    }
  }

  @Test
  void freedInOneTableOfManyByADelete() {
    try (Pair pair =
        Pair.of(
            TABLE, "CREATE TABLE child (id int PRIMARY KEY, t int NOT NULL UNIQUE REFERENCES t)")) {
      pair.source(
          "INSERT INTO t VALUES (1, 'a'), (2, 'b'); INSERT INTO child VALUES (10, 1), (11, 2)");
      pair.target(
          "INSERT INTO t VALUES (1, 'b'), (3, 'a'); INSERT INTO child VALUES (20, 1), (21, 3)");

      pair.replaces("t +1 ~1 -1 =0 *0", "child +2 ~0 -2 =0 *0");
    }
  }

  @Test
  @Holds(value = "A2", as = Outcome.REFUSED)
  void heldByARowOfTheTargetsOwn() {
    try (Pair pair = Pair.of(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'secret-code')");
      pair.target("INSERT INTO t VALUES (9, 'secret-code')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(failure.what()).contains("nothing was written");
      assertThat(failure.details())
          .containsExactly("public.t 1: row 9 of the target holds the same code (t_code_key)");
      assertThat(Pair.text(failure)).doesNotContain("secret-code");
    }
  }

  @Test
  void heldByAnotherRowOfTheSameMerge() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, code text, client int)")) {
      pair.target("ALTER TABLE t ADD CONSTRAINT once UNIQUE (client, code)");
      pair.source(
              "INSERT INTO t SELECT n, 'secret-code', 1 + n % 2 FROM generate_series(1, 5) AS n")
          .source("INSERT INTO t VALUES (6, 'other', 1), (7, NULL, 1), (8, NULL, 1)");
      pair.target("INSERT INTO t VALUES (5, 'mine', 1)");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.details())
          .containsExactlyInAnyOrder(
              "public.t 1: row 3 of the same merge holds the same client, code (once)",
              "public.t 2: row 4 of the same merge holds the same client, code (once)",
              "public.t 3: row 1 of the same merge holds the same client, code (once)",
              "public.t 4: row 2 of the same merge holds the same client, code (once)",
              "public.t 5: row 3 of the same merge holds the same client, code (once)");
      assertThat(Pair.text(failure)).doesNotContain("secret-code");
    }
  }

  @Test
  void nullsThatAreNotDistinct() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b text, UNIQUE NULLS NOT DISTINCT (a, b))")) {
      pair.target("INSERT INTO t VALUES (1, NULL, 'x'), (2, 1, NULL), (9, 5, NULL)");
      pair.source("INSERT INTO t VALUES (1, 1, NULL), (2, NULL, 'x')");
      pair.merges("t +0 ~2 -0 =0 *1");

      pair.source("INSERT INTO t VALUES (3, 5, NULL)");
      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 3: row 9 of the target holds the same a, b (t_a_b_key)");
    }
  }

  @Test
  void swappedUnderADeferrableConstraint() {
    for (String when : new String[] {"IMMEDIATE", "DEFERRED"}) {
      try (Pair pair =
          Pair.of(
              "CREATE TABLE t (id int PRIMARY KEY, code text UNIQUE DEFERRABLE INITIALLY "
                  + when
                  + ")")) {
        pair.source("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        pair.target("INSERT INTO t VALUES (1, 'b'), (2, 'a')");

        pair.merges("t +0 ~2 -0 =0 *0");
      }
    }
  }

  @Test
  void partialAndExpressionIndexes() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, code text, gone bool)",
            "CREATE UNIQUE INDEX one_each ON t (lower(code)) WHERE NOT gone")) {
      pair.source("INSERT INTO t VALUES (1, 'A', true), (2, 'a', false)");
      pair.target("INSERT INTO t VALUES (1, 'a', false)");

      pair.merges("t +1 ~1 -0 =0 *0");

      pair.source("INSERT INTO t VALUES (3, 'X', false)")
          .target("INSERT INTO t VALUES (9, 'x', false)");
      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 3: row 9 of the target stands in its way (one_each)");
    }
  }

  @Test
  void exclusionConstraints() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, span int4range, EXCLUDE USING gist (span WITH &&))")) {
      pair.source("INSERT INTO t VALUES (1, '[10,20)'), (2, '[0,10)')");
      pair.target("INSERT INTO t VALUES (1, '[5,8)')");

      pair.merges("t +1 ~1 -0 =0 *0");

      pair.source("INSERT INTO t VALUES (3, '[30,40)')")
          .target("INSERT INTO t VALUES (9, '[35,36)')");
      SyncException failure = pair.refusesMerge();
      assertThat(failure.details())
          .containsExactly("public.t 3: row 9 of the target stands in its way (t_span_excl)");
      assertThat(Pair.text(failure)).doesNotContain("35");
    }
  }

  @Test
  void aReferencedUniqueValueChanges() {
    for (String rule : new String[] {"", "ON UPDATE CASCADE", "ON UPDATE SET NULL"}) {
      try (Pair pair =
          Pair.of(
              "CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE)",
              "CREATE TABLE c (id int PRIMARY KEY, p text REFERENCES p (code) " + rule + ")")) {
        pair.source(
            "INSERT INTO p VALUES (1, 'new'), (2, 'b'); INSERT INTO c VALUES (1, 'new'), (2, 'b'), (3, NULL)");
        pair.target(
            "INSERT INTO p VALUES (1, 'old'), (2, 'b'); INSERT INTO c VALUES (1, 'old'), (2, 'b'), (3, 'old')");

        pair.merges("p +0 ~1 -0 =1 *0", "c +0 ~2 -0 =1 *0");
      }
    }
  }
}
