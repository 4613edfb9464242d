package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link ConstraintsIT}, on MariaDB: named with the plan, nothing written, no values told. */
class MariaDbConstraintsIT {

  private static Pair pair(String... schema) {
    return Pair.of(Engine.MARIADB, schema);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ADD CONSTRAINT broken CHECK (v <> 'secret')|refused by broken",
        "ADD CONSTRAINT broken CHECK (v NOT IN ('it''s', 'a\\\\b', 'SECRET'))|refused by broken",
        "ADD CONSTRAINT broken CHECK (CASE WHEN `odd ``name` > 0 THEN v NOT LIKE '%cret' ELSE TRUE END)|refused by broken",
        "ADD CONSTRAINT broken UNIQUE (w)|holds the same w (broken)",
        "ADD CONSTRAINT broken UNIQUE (w DESC)|holds the same w (broken)",
        "ADD CONSTRAINT broken UNIQUE (w(3))|stands in its way (broken)",
        "MODIFY long_w longtext COLLATE utf8mb4_unicode_ci, ADD CONSTRAINT broken UNIQUE (long_w)|holds the same long_w (broken)",
        "ADD low varchar(50) AS (lower(w)) VIRTUAL, ADD CONSTRAINT broken UNIQUE (low)|holds the same low (broken)",
        "MODIFY broken varchar(50) NOT NULL|broken is NULL"
      })
  void refuseTheWholeMerge(String constraint, String why) {
    try (Pair pair =
        pair(
            "CREATE TABLE first (id int PRIMARY KEY, v varchar(50))",
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(50), w varchar(50), long_w longtext, broken varchar(50), `odd ``name` int)")) {
      pair.target("ALTER TABLE t " + constraint);
      pair.only("first", "t");
      pair.source(
          "INSERT INTO first VALUES (1, 'a')",
          "INSERT INTO t VALUES (1, 'secret', 'secret', 'secret', NULL, 1), (2, 'secret', 'Secret', 'SECRET', NULL, 1),"
              + " (3, NULL, NULL, NULL, '', 1)");

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
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(20), twice int AS (a * 2) STORED, four int AS (twice * 2) VIRTUAL)",
            "CREATE TABLE u (id int PRIMARY KEY, a int)")) {
      pair.source(
          "INSERT INTO t (id, a, b) VALUES (1, 1, NULL), (2, 7, 'x'), (3, 7, NULL), (4, 1, 'fine')",
          "INSERT INTO u VALUES (1, -1)");
      pair.target(
          "INSERT INTO t (id, a, b) VALUES (2, 2, 'x')",
          "ALTER TABLE t MODIFY b varchar(20) NOT NULL, ADD CONSTRAINT small CHECK (twice < 10), ADD CHECK (four < 20)",
          "ALTER TABLE u MODIFY a int CHECK (a > 0)");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "public.t 1: b is NULL",
              "public.t 2: refused by small",
              "public.t 2: refused by CONSTRAINT_1",
              "public.t 3: b is NULL",
              "public.t 3: refused by small",
              "public.t 3: refused by CONSTRAINT_1",
              "public.u 1: refused by a");
    }
  }

  @Test
  void columnsThatAreNotWrittenAreTakenIntoAccount() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, n int NOT NULL DEFAULT 5)")) {
      pair.match("t", "code");
      pair.source("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 4)");
      pair.target(
          "INSERT INTO t VALUES (40, 'a', 3)",
          "ALTER TABLE t ADD more varchar(20) NOT NULL DEFAULT 'it''s', ADD CONSTRAINT low CHECK (n < 9 AND more = 'it''s')");
      pair.column("t", "more", new io.travaso.table.ColumnRule.Ignore());
      pair.source("ALTER TABLE t ADD more varchar(20)");
      pair.merges("t +2 ~1 -0 =0 *0");

      pair.target(
          "ALTER TABLE t DROP CONSTRAINT low, ADD CONSTRAINT odd CHECK (more <> 'it''s' OR n <> 12)");
      pair.source("INSERT INTO t VALUES (4, 'd', 12, NULL)");
      assertThat(pair.refusesMerge().details()).containsExactly("public.t d: refused by odd");
    }
  }

  @Test
  void defaultsThatAreNotKnownAreLeftToTheDatabase() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, at datetime(6) NOT NULL DEFAULT current_timestamp(6), u varchar(40) DEFAULT uuid(), v int,"
                + " CONSTRAINT late CHECK (at > '2001-01-01' AND u <> ''))")) {
      pair.column("t", "at", new io.travaso.table.ColumnRule.Ignore())
          .column("t", "u", new io.travaso.table.ColumnRule.Ignore());
      pair.source("INSERT INTO t (id, v) VALUES (1, 1), (2, 2)");
      pair.target("INSERT INTO t (id, v) VALUES (2, 1)");

      pair.merges("t +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void idsThatAreDrawnLaterAreNotJudgedByTheirProvisionalValues() {
    try (Pair pair =
        pair(
            "CREATE TABLE p (id int AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL UNIQUE CHECK (code <> 'bad'))",
            "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p (id), n int, UNIQUE (p, n), CONSTRAINT positive CHECK (p > 0))")) {
      pair.match("p", "code").only("c");
      pair.source(
          "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')",
          "INSERT INTO c VALUES (1, 1, 1), (2, 2, 2), (3, 3, 1), (4, 2, 1)");
      pair.target(
          "INSERT INTO p VALUES (7, 'b')", "INSERT INTO c VALUES (2, 7, 1), (4, 7, 2), (1, 7, 3)");
      pair.merges("p +2 ~0 -0 =1 *0", "c +1 ~3 -0 =0 *0");
    }
  }

  @Test
  void rowsThatNoPartitionTakes() {
    try (Pair pair =
        pair(
            "CREATE TABLE r (id int PRIMARY KEY, v int) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20))",
            "CREATE TABLE l (id int, v varchar(5), PRIMARY KEY (id, v)) PARTITION BY LIST COLUMNS (v) (PARTITION a VALUES IN ('x', 'it''s'), PARTITION b VALUES IN ('z'))",
            "CREATE TABLE d (id int, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE COLUMNS (day) SUBPARTITION BY HASH (id) (PARTITION a VALUES LESS THAN ('2024-01-01') (SUBPARTITION s1, SUBPARTITION s2))",
            "CREATE TABLE n (id int, k int, UNIQUE (id, k)) PARTITION BY LIST (k) (PARTITION a VALUES IN (NULL, 1, 2))",
            "CREATE TABLE h (id int PRIMARY KEY, v int) PARTITION BY HASH (id) PARTITIONS 3")) {
      pair.only("r", "l", "d", "h");
      pair.source(
          "ALTER TABLE r ADD PARTITION (PARTITION c VALUES LESS THAN MAXVALUE)",
          "ALTER TABLE l ADD PARTITION (PARTITION c VALUES IN ('w'))",
          "ALTER TABLE d ADD PARTITION (PARTITION c VALUES LESS THAN (MAXVALUE) (SUBPARTITION s3, SUBPARTITION s4))",
          "INSERT INTO r VALUES (1, 1), (20, 1), (30, 1)",
          "INSERT INTO l VALUES (1, 'x'), (2, 'w'), (3, 'it''s')",
          "INSERT INTO d VALUES (1, '2023-12-31'), (2, '2024-01-01')",
          "INSERT INTO h VALUES (1, 1), (2, 2)");

      assertThat(pair.refusesMerge().details())
          .containsExactlyInAnyOrder(
              "public.r 20: no partition takes it",
              "public.r 30: no partition takes it",
              "public.l 2, w: no partition takes it",
              "public.d 2, 2024-01-01: no partition takes it");

      pair.target(
              "ALTER TABLE r ADD PARTITION (PARTITION c VALUES LESS THAN MAXVALUE)",
              "ALTER TABLE l ADD PARTITION (PARTITION c VALUES IN ('w'))",
              "ALTER TABLE d ADD PARTITION (PARTITION c VALUES LESS THAN (MAXVALUE) (SUBPARTITION s3, SUBPARTITION s4))")
          .merges("r +3 ~0 -0 =0 *0", "l +3 ~0 -0 =0 *0", "d +2 ~0 -0 =0 *0", "h +2 ~0 -0 =0 *0");
    }
  }

  @Test
  void jsonThatIsNone() {
    try (Pair pair =
        pair("CREATE TABLE t (id int PRIMARY KEY, doc longtext COLLATE utf8mb4_bin)")) {
      pair.target("ALTER TABLE t MODIFY doc json");
      pair.source("INSERT INTO t VALUES (1, '{\"a\": 1}'), (2, 'secret')");

      assertThat(pair.refusesMerge().details()).containsExactly("public.t 2: refused by doc");
    }
  }

  @Test
  void keysThatAreNull() {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, v varchar(20))")) {
      SyncException refusal =
          pair.refuses(() -> pair.planRows("t", "1\ta", "\\N\tb", "\\N\tc").apply());

      assertThat(refusal.details()).containsExactly("public.t: 2 rows have no key");
    }
  }
}
