package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link SwapsIT}, on MariaDB, which checks every unique key row by row. */
class MariaDbSwapsIT {

  private static Pair pair(String... schema) {
    return Pair.of(Engine.MARIADB, schema);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "varchar(20)|'a'|'b'",
        "varchar(20) NOT NULL|'a'|'b'",
        "varchar(1) NOT NULL|'a'|'b'",
        "char(3) COLLATE utf8mb4_bin NOT NULL|'~1'|'~2'",
        "varchar(9) CHARACTER SET latin1 NOT NULL|'é'|'~1'",
        "text NOT NULL|'a'|'b'",
        "blob NOT NULL|'a'|'b'",
        "tinyint NOT NULL|127|1",
        "tinyint unsigned NOT NULL|255|0",
        "smallint NOT NULL CHECK (v >= 0)|2|1",
        "mediumint NOT NULL|8388607|1",
        "int NOT NULL CHECK (v <= 2)|2|1",
        "bigint NOT NULL|9223372036854775807|1",
        "bigint unsigned NOT NULL|18446744073709551615|0",
        "decimal(3,1) NOT NULL|99.9|0.5",
        "decimal(65,30) NOT NULL|99.9|0.5",
        "binary(3) NOT NULL|X'00ff'|X'000000'",
        "varbinary(20) NOT NULL|X'00'|X''",
        "date NOT NULL|'9999-12-31'|'0000-00-00'",
        "date NOT NULL|'2024-02-28'|'2024-02-29'",
        "datetime(6) NOT NULL|'2024-02-28 10:00:00.000001'|'9999-12-31'",
        "timestamp(6) NOT NULL|'2038-01-19 03:14:07.999999'|'1970-01-01 00:00:01'",
        "timestamp NULL|'2038-01-19 03:14:07'|'1970-01-01 00:00:01'",
        "inet6|'::1'|'::2'",
        "time|'838:59:59'|'-838:59:59'",
        "year|'2155'|'1901'"
      })
  void valuesOfATypeAreExchanged(String type, String one, String other) {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, v " + type + ", UNIQUE (v))")) {
      pair.source("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(one, other));
      pair.target("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(other, one));

      pair.merges("t +0 ~2 -0 =0 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enum('a', 'b') NOT NULL",
        "bit(1) NOT NULL",
        "int NOT NULL CHECK (v IN (0, 1))",
        "inet6 NOT NULL"
      })
  void valuesThatNothingCanReplaceAreRefused(String type) {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, v " + type + ", UNIQUE (v))")) {
      boolean number = type.startsWith("int ") || type.startsWith("bit");
      String one = number ? "0" : type.startsWith("enum") ? "'a'" : "'::1'";
      String other = number ? "1" : type.startsWith("enum") ? "'b'" : "'::2'";
      pair.source("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(one, other));
      pair.target("INSERT INTO t VALUES (1, %s), (2, %s)".formatted(other, one));

      SyncException refusal = pair.refusesMerge();

      assertThat(refusal.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(refusal.details())
          .containsExactlyInAnyOrder(
              "public.t 1: row 2 takes its v, and nothing can stand there meanwhile (v)",
              "public.t 2: row 1 takes its v, and nothing can stand there meanwhile (v)");
    }
  }

  @Test
  void aLongChainOfPositionsShiftsByOne() {
    try (Pair pair =
        pair(
            "CREATE TABLE list (id int PRIMARY KEY)",
            "CREATE TABLE t (id int PRIMARY KEY, list int NOT NULL, pos int NOT NULL CHECK (pos > 0), UNIQUE (list, pos),"
                + " FOREIGN KEY (list) REFERENCES list (id))")) {
      pair.both("INSERT INTO list VALUES (1), (2)");
      pair.target("INSERT INTO t SELECT seq, 1 + seq % 2, seq FROM seq_1_to_20000");
      pair.source("INSERT INTO t SELECT seq, 1 + seq % 2, seq + 2 FROM seq_1_to_20000");

      pair.merges("list +0 ~0 -0 =2 *0", "t +0 ~20000 -0 =0 *0");
    }
  }

  @Test
  void onlyWhoIsInTheWayIsTouchedTwice() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(20) UNIQUE, n int)",
            "CREATE TABLE log (id int AUTO_INCREMENT PRIMARY KEY, t int, v varchar(20))",
            "CREATE TRIGGER note AFTER UPDATE ON t FOR EACH ROW INSERT INTO log (t, v) VALUES (NEW.id, NEW.v)")) {
      pair.exclude("log");
      pair.target("INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0), (4, 'd', 0)");
      pair.source("INSERT INTO t VALUES (1, 'b', 1), (2, 'a', 1), (3, 'c', 1), (4, 'd', 0)");

      pair.only("t").merges("t +0 ~3 -0 =1 *0");

      assertThat(pair.target.rows("SELECT CONCAT(t, COALESCE(v, '-')) FROM log ORDER BY id"))
          .containsExactlyInAnyOrder("1-", "2-", "1b", "2a", "3c");
    }
  }

  @Test
  void severalKeysOfOneTable() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, a varchar(20) NOT NULL UNIQUE, b int UNIQUE, c int NOT NULL, UNIQUE (a, c), UNIQUE (c, b))")) {
      pair.target("INSERT INTO t VALUES (1, 'a', 1, 1), (2, 'b', 2, 2), (3, 'c', 3, 3)");
      pair.source(
          "INSERT INTO t VALUES (1, 'b', 3, 2), (2, 'c', 1, 3), (3, 'a', 2, 1), (4, 'd', 4, 4)");

      pair.merges("t +1 ~3 -0 =0 *0");
    }
  }

  @Test
  void prefixesAndGeneratedColumns() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(200) NOT NULL, low varchar(200) AS (lower(code)) VIRTUAL,"
                + " UNIQUE (low), UNIQUE begins (code(3)))")) {
      pair.target("INSERT INTO t (id, code) VALUES (1, 'a'), (2, 'B'), (3, 'abcd')");
      pair.source("INSERT INTO t (id, code) VALUES (1, 'b'), (2, 'ABCe'), (3, 'A')");

      pair.merges("t +0 ~3 -0 =0 *0");
    }
  }

  @Test
  void whatOthersReferenceIsNotMadeUp() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(20) UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, code varchar(20), FOREIGN KEY (code) REFERENCES t (code) ON UPDATE CASCADE)")) {
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO c VALUES (1, 'a')");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'a')", "INSERT INTO c VALUES (1, 'a')");

      assertThat(pair.refusesMerge().details()).hasSize(2).allMatch(d -> d.contains("(code)"));
    }
  }

  @Test
  void linksThatChangePlaces() {
    try (Pair pair =
        pair(
            "CREATE TABLE p (id int PRIMARY KEY)",
            "CREATE TABLE one (id int PRIMARY KEY, p int NOT NULL UNIQUE, FOREIGN KEY (p) REFERENCES p (id))",
            "CREATE TABLE maybe (id int PRIMARY KEY, p int UNIQUE, FOREIGN KEY (p) REFERENCES p (id))")) {
      pair.both("INSERT INTO p VALUES (1), (2)");
      pair.target("INSERT INTO maybe VALUES (1, 1), (2, 2)");
      pair.source("INSERT INTO maybe VALUES (1, 2), (2, 1)");
      pair.merges("p +0 ~0 -0 =2 *0", "one +0 ~0 -0 =0 *0", "maybe +0 ~2 -0 =0 *0");

      pair.target("INSERT INTO one VALUES (1, 1), (2, 2)");
      pair.source("INSERT INTO one VALUES (1, 2), (2, 1)");
      assertThat(pair.refusesMerge().details()).hasSize(2).allMatch(d -> d.contains("(p)"));
    }
  }

  @Test
  void amongDeletesAndInsertsOfAFullReplace() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, up int, FOREIGN KEY (up) REFERENCES t (id))")) {
      pair.target("INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 1), (9, 'd', NULL)");
      pair.source(
          "INSERT INTO t VALUES (5, 'a', NULL)",
          "INSERT INTO t VALUES (1, 'b', 5), (2, 'd', 1), (3, '~1', 2)");

      pair.replaces("t +1 ~3 -1 =0 *0");
    }
  }

  @Test
  void betweenRowsMatchedByMeaning() {
    try (Pair pair =
        pair(
            "CREATE TABLE p (id int AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, pos int NOT NULL UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, p int NOT NULL UNIQUE, pos int NOT NULL UNIQUE, FOREIGN KEY (p) REFERENCES p (id))")) {
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
        pair(
            "CREATE TABLE t (id int, year int, n int NOT NULL, PRIMARY KEY (id, year), UNIQUE (year, n)) PARTITION BY LIST (year)"
                + " (PARTITION a VALUES IN (2024), PARTITION b VALUES IN (2020))")) {
      pair.target("INSERT INTO t VALUES (1, 2024, 1), (2, 2024, 2), (3, 2020, 1)");
      pair.source("INSERT INTO t VALUES (1, 2024, 2), (2, 2024, 1), (3, 2020, 1)");

      pair.merges("t +0 ~2 -0 =1 *0");
    }
  }

  @Test
  void nothingIsKeptOfAMergeThatFailsAfterwards() {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, v varchar(20) UNIQUE)")) {
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'a')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        pair.target("UPDATE t SET v = 'x' WHERE id = 2");

        assertThat(pair.refuses(planned::apply).kind()).isEqualTo(SyncException.Kind.REFUSED);
      }
    }
  }
}
