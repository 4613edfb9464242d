package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints that only the target has: named, nothing written, no values told. */
class ConstraintsIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADD CONSTRAINT broken CHECK (v <> 'secret')",
        "ADD CONSTRAINT broken UNIQUE (w)",
        "ADD CONSTRAINT broken UNIQUE (w) DEFERRABLE INITIALLY DEFERRED",
        "ADD CONSTRAINT broken EXCLUDE (w WITH =)",
        "ALTER broken SET NOT NULL"
      })
  void refuseTheWholeMerge(String constraint) {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE lists (v text PRIMARY KEY)",
            "CREATE TABLE first (id int PRIMARY KEY, v text)",
            "CREATE TABLE t (id int PRIMARY KEY, v text, w text, broken text)")) {
      pair.target("ALTER TABLE t " + constraint);
      pair.only("first", "t");
      pair.source(
          "INSERT INTO first VALUES (1, 'a')",
          "INSERT INTO t VALUES (1, 'secret', 'secret'), (2, 'secret', 'secret')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("public.t", "broken");
      assertThat(failure.kind()).isEqualTo(SyncException.Kind.FAILED);
      assertThat(Pair.text(failure)).doesNotContain("secret");
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
