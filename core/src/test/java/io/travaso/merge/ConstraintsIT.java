package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints that only the target has: named, nothing written, no values told. */
class ConstraintsIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ADD CONSTRAINT broken CHECK (v <> 'secret')|refused by broken",
        "ADD CONSTRAINT broken CHECK (lower(v) <> 'secret') NOT VALID|refused by broken",
        "ADD CONSTRAINT broken UNIQUE (w)|holds the same w (broken)",
        "ADD CONSTRAINT broken UNIQUE (w) DEFERRABLE INITIALLY DEFERRED|holds the same w (broken)",
        "ADD CONSTRAINT broken EXCLUDE (w WITH =)|stands in its way (broken)",
        "ALTER broken SET NOT NULL|broken is NULL"
      })
  void refuseTheWholeMerge(String constraint, String why) {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE lists (v text PRIMARY KEY)",
            "CREATE TABLE first (id int PRIMARY KEY, v text)",
            "CREATE TABLE t (id int PRIMARY KEY, v text, w text, broken text)")) {
      pair.target("ALTER TABLE t " + constraint);
      pair.only("first", "t");
      pair.source(
          "INSERT INTO first VALUES (1, 'a')",
          "INSERT INTO t VALUES (1, 'secret', 'secret', NULL), (2, 'secret', 'secret', NULL), (3, NULL, NULL, '')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.details())
          .hasSize(2)
          .anyMatch(d -> d.startsWith("public.t 1: "))
          .anyMatch(d -> d.startsWith("public.t 2: "))
          .allMatch(d -> d.endsWith(why));
      assertThat(failure.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(Pair.text(failure)).doesNotContain("secret");
    }
  }

  @Test
  void allRowsAndAllReasonsAtOnce() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b text, twice int GENERATED ALWAYS AS (a * 2) STORED)",
            "CREATE TABLE u (id int PRIMARY KEY, a int)")) {
      pair.source(
          "INSERT INTO t (id, a, b) VALUES (1, 1, NULL), (2, 7, 'x'), (3, 7, NULL), (4, 1, 'fine')",
          "INSERT INTO u VALUES (1, -1)");
      pair.target(
          "INSERT INTO t (id, a, b) VALUES (2, 2, 'x')",
          "ALTER TABLE t ALTER b SET NOT NULL, ADD CONSTRAINT small CHECK (twice < 10)",
          "ALTER TABLE u ADD CONSTRAINT above CHECK (a > 0)");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "public.t 1: b is NULL",
              "public.t 2: refused by small",
              "public.t 3: b is NULL",
              "public.t 3: refused by small",
              "public.u 1: refused by above");
    }
  }

  @Test
  void columnsThatAreNotWrittenAreTakenIntoAccount() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id serial PRIMARY KEY, code text NOT NULL UNIQUE, n int NOT NULL DEFAULT 5)")) {
      pair.match("t", "code");
      pair.source("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 4)");
      pair.target(
          "INSERT INTO t VALUES (40, 'a', 3)",
          "ALTER TABLE t ADD CONSTRAINT low CHECK (id < 50 AND n < 9)");
      pair.merges("t +2 ~1 -0 =0 *0");

      pair.target(
          "ALTER TABLE t DROP CONSTRAINT low, ADD CONSTRAINT odd CHECK (id <> 40 OR n = 1)");
      pair.source("UPDATE t SET n = 2 WHERE code = 'a'");
      assertThat(pair.refusesMerge().details()).containsExactly("public.t a: refused by odd");
    }
  }

  @Test
  void idsThatAreDrawnLaterAreNotJudgedByTheirProvisionalValues() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id serial PRIMARY KEY CHECK (id > 0), code text NOT NULL UNIQUE CHECK (code <> 'bad'))",
            "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p, n int, UNIQUE (p, n), CHECK (p > 0), CHECK (p IS NOT NULL OR n > 0))")) {
      pair.match("p", "code").only("c");
      pair.source(
          "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')",
          "INSERT INTO c VALUES (1, 1, 1), (2, 2, 2), (3, 3, 1), (4, 2, 1)");
      pair.target(
          "INSERT INTO p VALUES (7, 'b')", "INSERT INTO c VALUES (2, 7, 1), (4, 7, 2), (1, 7, 3)");
      pair.merges("p +2 ~0 -0 =1 *0", "c +1 ~3 -0 =0 *0");

      pair.target(
          "ALTER TABLE c DROP CONSTRAINT c_check, ADD CONSTRAINT none CHECK (p IS NULL) NOT VALID");
      pair.source("INSERT INTO p VALUES (4, 'd'); INSERT INTO c VALUES (5, 2, 9), (6, NULL, 1)");
      assertThat(pair.refusesMerge().details()).containsExactly("public.c 5: refused by none");
    }
  }

  @Test
  void checksThatLookElsewhereAreLeftToTheDatabase() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE a (id int PRIMARY KEY)",
            "CREATE FUNCTION there(int) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM public.a WHERE id = $1)'",
            "CREATE TABLE b (id int PRIMARY KEY REFERENCES a, CONSTRAINT known CHECK (there(id)))")) {
      pair.source("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
      pair.merges("a +1 ~0 -0 =0 *0", "b +1 ~0 -0 =0 *0");

      pair.target("ALTER TABLE b ADD CONSTRAINT never CHECK (NOT there(id)) NOT VALID");
      pair.source("INSERT INTO a VALUES (2); INSERT INTO b VALUES (2)");
      SyncException failure = pair.refusesMerge();
      assertThat(failure.what()).contains("public.b", "never");
      assertThat(failure.kind()).isEqualTo(SyncException.Kind.FAILED);
    }
  }

  @Test
  void rowsThatNoPartitionTakes() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
            "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
            "CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY HASH (id)",
            "CREATE TABLE t_20 PARTITION OF t_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            "CREATE TABLE t_21 PARTITION OF t_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1)")) {
      pair.source(
          "CREATE TABLE t_3 PARTITION OF t DEFAULT",
          "INSERT INTO t VALUES (1, '2024-05-05'), (2, '2023-05-05'), (3, '2025-05-05'), (4, 'infinity')");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "public.t 2, 2023-05-05: no partition takes it",
              "public.t 4, infinity: no partition takes it");

      pair.target("CREATE TABLE t_3 PARTITION OF t DEFAULT").merges("t +4 ~0 -0 =0 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DEFERRABLE INITIALLY DEFERRED"})
  void refuseARowWhoseParentGoesMeanwhile(String when) {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE lists (v text PRIMARY KEY)",
            "CREATE TABLE t (id int PRIMARY KEY, v text CONSTRAINT broken REFERENCES lists "
                + when
                + ")")) {
      pair.both("INSERT INTO lists VALUES ('secret')").source("INSERT INTO t VALUES (1, 'secret')");
      pair.select("t");
      try (Pair.Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("DELETE FROM lists");

        SyncException failure = pair.refuses(planned::apply);

        assertThat(failure.what()).contains("public.t", "broken");
        assertThat(Pair.text(failure)).doesNotContain("secret");
      }
    }
  }

  @Test
  void keysThatAreNull() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      SyncException refusal =
          pair.refuses(() -> pair.planRows("t", "1\ta", "\\N\tb", "\\N\tc").apply());

      assertThat(refusal.details()).containsExactly("public.t: 2 rows have no key");
    }
  }

  @Test
  void rowsThatAreNoRows() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      for (String row : new String[] {"2", "2\tsecret\tsecret", "secret\tx"}) {
        SyncException failure = pair.refuses(() -> pair.planRows("t", "1\ta", row).apply());

        assertThat(failure.what()).contains("public.t", "row 2");
        assertThat(Pair.text(failure)).doesNotContain("secret");
      }
    }
  }
}
