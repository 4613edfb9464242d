package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.PostgresServer;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unique values that updated rows hand to each other. */
class SwapsIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "text|'a'|'b'",
        "text NOT NULL|'a'|'b'",
        "varchar(1) NOT NULL|'a'|'b'",
        "char(3) NOT NULL|'~1'|'~2'",
        "smallint NOT NULL|32767|1",
        "smallint NOT NULL CHECK (v >= 0)|2|1",
        "int NOT NULL CHECK (v <= 2)|2|1",
        "bigint NOT NULL|9223372036854775807|1",
        "numeric(3,1) NOT NULL|99.9|0.5",
        "numeric NOT NULL|'NaN'|1.10",
        "uuid NOT NULL|'00000000-0000-0000-0000-000000000001'|'00000000-0000-0000-0000-000000000002'",
        "bytea NOT NULL|'\\x00'|'\\x01'",
        "date NOT NULL|'infinity'|'-infinity'",
        "date NOT NULL|'2024-02-28'|'2024-02-29'",
        "timestamptz(0) NOT NULL|'2024-02-28'|'294276-12-31'",
        "citext NOT NULL|'a'|'B'",
        "inet|'::1'|'::2'"
      })
  @Holds(value = "P15", as = Outcome.EXACT)
  void valuesOfATypeAreExchanged(String type, String one, String other) {
    try (Pair pair = Pair.of().admin("CREATE EXTENSION IF NOT EXISTS citext")) {
      pair.both("CREATE TABLE t (id int PRIMARY KEY, v " + type + ", UNIQUE (v))");
      pair.source("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(one, other));
      pair.target("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(other, one));

      pair.merges("t +0 ~2 -0 =0 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boolean NOT NULL", "inet NOT NULL", "int NOT NULL CHECK (v IN (0, 1))"})
  @Holds(value = "P15", as = Outcome.REFUSED)
  void valuesThatNothingCanReplaceAreRefused(String type) {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, v " + type + " UNIQUE)")) {
      boolean inet = type.startsWith("inet");
      String one = inet ? "'::1'" : type.startsWith("int") ? "0" : "true";
      String other = inet ? "'::2'" : type.startsWith("int") ? "1" : "false";
      pair.source("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(one, other));
      pair.target("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(other, one));

      SyncException refusal = pair.refusesMerge();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.t 1: row 2 takes its v, and nothing can stand there meanwhile (t_v_key)",
              "public.t 2: row 1 takes its v, and nothing can stand there meanwhile (t_v_key)");
    }
  }

  @Test
  void domainsTakeWhatTheyAllow() {
    try (Pair pair =
        Pair.of(
            "CREATE DOMAIN maybe AS text CHECK (VALUE <> '')",
            "CREATE DOMAIN surely AS text NOT NULL",
            "CREATE TABLE t (id int PRIMARY KEY, v maybe UNIQUE)",
            "CREATE TABLE u (id int PRIMARY KEY, v surely UNIQUE)")) {
      pair.source("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.target("INSERT INTO t VALUES (1, 'b'), (2, 'a')");
      pair.merges("t +0 ~2 -0 =0 *0", "u +0 ~0 -0 =0 *0");

      pair.source("INSERT INTO u VALUES (1, 'a'), (2, 'b')");
      pair.target("INSERT INTO u VALUES (1, 'b'), (2, 'a')");
      assertThat(pair.refusesMerge().details()).hasSize(2).allMatch(d -> d.contains("u_v_key"));
    }
  }

  @Test
  void aLongChainOfPositionsShiftsByOne() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE list (id int PRIMARY KEY)",
            "CREATE TABLE t (id int PRIMARY KEY, list int NOT NULL REFERENCES list,"
                + " pos int NOT NULL CHECK (pos > 0), UNIQUE (list, pos))")) {
      pair.both("INSERT INTO list VALUES (1), (2)");
      pair.target("INSERT INTO t SELECT n, 1 + n % 2, n FROM generate_series(1, 20000) AS n");
      pair.source("INSERT INTO t SELECT n, 1 + n % 2, n + 2 FROM generate_series(1, 20000) AS n");

      pair.merges("list +0 ~0 -0 =2 *0", "t +0 ~20000 -0 =0 *0");
    }
  }

  @Test
  void onlyWhoIsInTheWayIsTouchedTwice() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v text UNIQUE, n int)",
            "CREATE TABLE log (id serial PRIMARY KEY, t int, v text)",
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN INSERT INTO log (t, v) VALUES (NEW.id, NEW.v); RETURN NULL; END$$",
            "CREATE TRIGGER note AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note()")) {
      pair.exclude("log");
      pair.target("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0), (4, 'd', 0)");
      pair.source("INSERT INTO t VALUES (1, 'b', 1), (2, 'a', 1), (3, 'c', 1), (4, 'd', 0)");

      pair.only("t").merges("t +0 ~3 -0 =1 *0");

      assertThat(pair.target.rows("SELECT t || coalesce(v, '-') FROM log ORDER BY id"))
          .containsExactlyInAnyOrder("1-", "2-", "1b", "2a", "3c");
    }
  }

  @Test
  void oneTakesWhatAnotherLeavesForAFreeValue() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v boolean UNIQUE, w boolean NOT NULL UNIQUE)")) {
      pair.target("INSERT INTO t VALUES (1, NULL, false), (2, false, true)");
      pair.source("INSERT INTO t VALUES (1, false, false), (2, true, true)");

      pair.merges("t +0 ~2 -0 =0 *0");
    }
  }

  @Test
  void severalKeysOfOneTable() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL UNIQUE, b int UNIQUE, c int NOT NULL, UNIQUE (a, c), UNIQUE (c, b))")) {
      pair.target("INSERT INTO t VALUES (1, 'a', 1, 1), (2, 'b', 2, 2), (3, 'c', 3, 3)");
      pair.source(
          "INSERT INTO t VALUES (1, 'b', 3, 2), (2, 'c', 1, 3), (3, 'a', 2, 1), (4, 'd', 4, 4)");

      pair.merges("t +1 ~3 -0 =0 *0");
    }
  }

  @Test
  void aFlagIsHandedOn() {
    for (String client : new String[] {"int NOT NULL REFERENCES client", "int NOT NULL"}) {
      try (Pair pair =
          Pair.of(
              "CREATE TABLE client (id int PRIMARY KEY)",
              "CREATE TABLE t (id int PRIMARY KEY, client " + client + ", main boolean NOT NULL)",
              "CREATE UNIQUE INDEX one_main ON t (client) WHERE main")) {
        pair.both("INSERT INTO client VALUES (1), (2)");
        pair.target(
            "INSERT INTO t VALUES (1, 1, true), (2, 1, false), (3, 2, true), (4, 2, false)");
        pair.source(
            "INSERT INTO t VALUES (1, 1, false), (2, 1, true), (3, 2, true), (4, 2, false)");

        pair.merges("client +0 ~0 -0 =2 *0", "t +0 ~2 -0 =2 *0");
      }
    }
  }

  @Test
  void expressionsAndGeneratedColumns() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, low text GENERATED ALWAYS AS (lower(code)) STORED UNIQUE)",
            "CREATE UNIQUE INDEX upper_code ON t (upper(code))")) {
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'B')");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'A')");

      pair.merges("t +0 ~2 -0 =0 *0");
    }
  }

  @Test
  @Holds(value = "P15", as = Outcome.EXACT)
  void exclusionConstraints() {
    try (Pair pair =
        Pair.of()
            .admin("CREATE EXTENSION IF NOT EXISTS btree_gist")
            .both(
                "CREATE TABLE room (id int PRIMARY KEY)",
                "CREATE TABLE t (id int PRIMARY KEY, room int NOT NULL REFERENCES room, span tsrange NOT NULL,"
                    + " EXCLUDE USING gist (room WITH =, span WITH &&))",
                "CREATE TABLE u (id int PRIMARY KEY, first int NOT NULL, last int NOT NULL CHECK (last >= first),"
                    + " EXCLUDE USING gist (int4range(first, last) WITH &&))")) {
      pair.both("INSERT INTO room VALUES (1)");
      pair.target(
          "INSERT INTO t VALUES (1, 1, '[2024-01-01,2024-01-02)'), (2, 1, '[2024-01-02,2024-01-03)')",
          "INSERT INTO u VALUES (1, 0, 10), (2, 10, 20), (3, 20, 30)");
      pair.source(
          "INSERT INTO t VALUES (1, 1, '[2024-01-02,2024-01-03)'), (2, 1, '[2024-01-01,2024-01-02)')",
          "INSERT INTO u VALUES (1, 0, 15), (2, 15, 20), (3, 20, 30)");

      pair.merges("room +0 ~0 -0 =1 *0", "t +0 ~2 -0 =0 *0", "u +0 ~2 -0 =1 *0");
    }
  }

  @Test
  void spansThatOverlapHalfwayAreRefused() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, span int4range NOT NULL CHECK (NOT isempty(span)),"
                + " CONSTRAINT apart EXCLUDE USING gist (span WITH &&))")) {
      pair.target("INSERT INTO t VALUES (1, '[0,10)'), (2, '[10,20)')");
      pair.source("INSERT INTO t VALUES (1, '[10,20)'), (2, '[0,10)')");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "public.t 1: row 2 takes its place, and nothing can stand there meanwhile (apart)",
              "public.t 2: row 1 takes its place, and nothing can stand there meanwhile (apart)");
    }
  }

  @Test
  void whatOthersReferenceIsNotMadeUp() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, code text UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, code text REFERENCES t (code) ON UPDATE CASCADE)")) {
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'b'); INSERT INTO c VALUES (1, 'a')");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'a'); INSERT INTO c VALUES (1, 'a')");

      assertThat(pair.refusesMerge().details()).hasSize(2).allMatch(d -> d.contains("t_code_key"));
    }
  }

  @Test
  void linksThatChangePlaces() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY)",
            "CREATE TABLE one (id int PRIMARY KEY, p int NOT NULL UNIQUE REFERENCES p)",
            "CREATE TABLE maybe (id int PRIMARY KEY, p int UNIQUE REFERENCES p)")) {
      pair.both("INSERT INTO p VALUES (1), (2)");
      pair.target("INSERT INTO maybe VALUES (1, 1), (2, 2)");
      pair.source("INSERT INTO maybe VALUES (1, 2), (2, 1)");
      pair.merges("p +0 ~0 -0 =2 *0", "one +0 ~0 -0 =0 *0", "maybe +0 ~2 -0 =0 *0");

      pair.target("INSERT INTO one VALUES (1, 1), (2, 2)");
      pair.source("INSERT INTO one VALUES (1, 2), (2, 1)");
      assertThat(pair.refusesMerge().details()).hasSize(2).allMatch(d -> d.contains("one_p_key"));
    }
  }

  @Test
  void amongDeletesAndInsertsOfAFullReplace() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL UNIQUE, up int REFERENCES t)")) {
      pair.target(
          "INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 9), (9, 'd', NULL)"
              .replace("3, 'c', 9", "3, 'c', 1"));
      pair.source("INSERT INTO t VALUES (5, 'a', NULL), (1, 'b', 5), (2, 'd', 1), (3, '~1', 2)");

      pair.replaces("t +1 ~3 -1 =0 *0");
    }
  }

  @Test
  void betweenRowsMatchedByMeaning() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id serial PRIMARY KEY, code text NOT NULL UNIQUE, pos int NOT NULL UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, p int NOT NULL UNIQUE REFERENCES p, pos int NOT NULL UNIQUE)")) {
      pair.match("p", "code").only("c");
      pair.source(
          "INSERT INTO p VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
          "INSERT INTO c VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3)");
      pair.target(
          "INSERT INTO p VALUES (12, 'a', 2), (11, 'b', 1)",
          "INSERT INTO c VALUES (1, 12, 2), (2, 11, 1)");

      pair.merges("p +1 ~2 -0 =0 *0", "c +1 ~2 -0 =0 *0");
    }
  }

  @Test
  void inPartitions() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int, day date, n int NOT NULL, PRIMARY KEY (id, day), UNIQUE (day, n)) PARTITION BY RANGE (day)",
            "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
            "CREATE TABLE t_2 PARTITION OF t DEFAULT")) {
      pair.target(
          "INSERT INTO t VALUES (1, '2024-05-05', 1), (2, '2024-05-05', 2), (3, '2020-01-01', 1)");
      pair.source(
          "INSERT INTO t VALUES (1, '2024-05-05', 2), (2, '2024-05-05', 1), (3, '2020-01-01', 1)");

      pair.merges("t +0 ~2 -0 =1 *0");
    }
  }

  @Test
  void nothingIsKeptOfAMergeThatFailsAfterwards() {
    try (Pair pair = Pair.of("CREATE TABLE t (id int PRIMARY KEY, v text UNIQUE)")) {
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'a')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("UPDATE t SET v = 'x' WHERE id = 2");

        assertThat(pair.refuses(planned::apply).kind()).isEqualTo(SyncException.Kind.REFUSED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void onTheOldestAndTheNewestVersion(int major) {
    try (Pair pair =
        Pair.on(
            PostgresServer.ofVersion(major),
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL UNIQUE, n int UNIQUE, main boolean, at timestamptz DEFAULT now())",
            "CREATE UNIQUE INDEX one_main ON t (lower(left(code, 1))) WHERE main",
            "CREATE TABLE s (id int PRIMARY KEY, span int4range, EXCLUDE USING gist (span WITH &&))")) {
      pair.target("INSERT INTO t VALUES (1, 'a1', 1, true, NULL), (2, 'a2', 2, false, NULL)");
      pair.source("INSERT INTO t VALUES (1, 'a2', 2, false, NULL), (2, 'a1', 1, true, NULL)");
      pair.target("INSERT INTO s VALUES (1, '[0,5)'), (2, '[5,9)')");
      pair.source("INSERT INTO s VALUES (1, '[5,9)'), (2, '[0,5)')");

      pair.merges("t +0 ~2 -0 =0 *0", "s +0 ~2 -0 =0 *0");
    }
  }
}
