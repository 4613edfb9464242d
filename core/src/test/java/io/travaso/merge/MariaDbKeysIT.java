package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import org.junit.jupiter.api.Test;

/** Rows of MariaDB are recognised by their keys as it compares them, and no value is lost. */
class MariaDbKeysIT {

  @Test
  @Holds(value = "A2", as = Outcome.EXACT)
  void aRowIsNeverRecognisedByAnotherUniqueKey() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY, email varchar(40) UNIQUE, name varchar(40))")) {
      pair.source("INSERT INTO t VALUES (3, 'a@x', 'Carol')");
      pair.target("INSERT INTO t VALUES (1, 'a@x', 'Alice')");

      SyncException refusal = pair.refusesMerge();

      assertThat(refusal.details())
          .containsExactly("public.t 3: row 1 of the target holds the same email (email)");
      assertThat(pair.records("t")).containsExactly("(1,a@x,Alice)");
    }
  }

  @Test
  @Holds(value = "M5", as = Outcome.EXACT)
  void theKeyZeroStaysZero() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40))")) {
      pair.source(
          "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'; INSERT INTO t VALUES (0, 'zero'), (1, 'one')");
      pair.target("INSERT INTO t VALUES (1, 'old')");

      pair.merges("t +1 ~1 -0 =0 *0").replaces("t +0 ~0 -0 =2 *0");

      assertThat(pair.records("t")).containsExactly("(0,zero)", "(1,one)");
    }
  }

  @Test
  @Holds(value = "M11", as = Outcome.EXACT)
  void keysOfEqualMeaningAreOneRowAndTakeTheSourcesText() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v varchar(20) COLLATE utf8mb4_general_ci)",
            "CREATE TABLE c (id int PRIMARY KEY, t varchar(20) COLLATE utf8mb4_general_ci NOT NULL REFERENCES t (k))")) {
      pair.source(
          "INSERT INTO t VALUES ('abc', 'v'), ('äbd ', 'V'), ('Same', 'x')",
          "INSERT INTO c VALUES (1, 'abc'), (2, 'Same')");
      pair.target(
          "INSERT INTO t VALUES ('ABC', 'v'), ('Abd', 'v'), ('Same', 'x')",
          "INSERT INTO c VALUES (1, 'ABC'), (2, 'Same')");

      pair.merges("t +0 ~2 -0 =1 *0", "c +0 ~1 -0 =1 *0");

      assertThat(pair.records("t")).containsExactly("(\"äbd \",V)", "(Same,x)", "(abc,v)");
      assertThat(pair.records("c")).containsExactly("(1,abc)", "(2,Same)");
    }
  }

  @Test
  @Holds(value = "M11", as = Outcome.REFUSED)
  void keysThatAreOneInTheTargetAreTold() {
    try (Pair pair = Pair.of(Engine.MARIADB)) {
      pair.source("CREATE TABLE t (k varchar(20) COLLATE utf8mb4_bin PRIMARY KEY, v int)");
      pair.target("CREATE TABLE t (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v int)");
      pair.source("INSERT INTO t VALUES ('abc', 1), ('ABC', 2), ('äbc', 3), ('other', 4)");

      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .containsExactlyInAnyOrder(
              "public.t abc stands more than once",
              "public.t ABC stands more than once",
              "public.t äbc stands more than once");
    }
  }

  @Test
  @Holds(value = "M17", as = Outcome.EXACT)
  void numbersWithoutSign() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, v bigint unsigned, d decimal(65,30))")) {
      pair.source(
          "INSERT INTO t VALUES (18446744073709551614, 18446744073709551615, -0.000000000000000000000000000001), (1, 0, 99999999999999999999999999999999999.999999999999999999999999999999)");
      pair.target("INSERT INTO t VALUES (18446744073709551614, 18446744073709551614, 0)");

      pair.merges("t +1 ~1 -0 =0 *0").replaces("t +0 ~0 -0 =2 *0");
    }
  }

  @Test
  void compositeKeysOfManyTypes() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (a binary(3), b date, c enum('x', 'y', ''), d bit(9), e time(3), f year, g inet6, h uuid, v int,"
                + " PRIMARY KEY (a, b, c, d, e, f, g, h))")) {
      String row =
          "INSERT INTO t VALUES (x'00ff%s', '2024-01-01', 'x', b'101', '-838:59:58.999', 1999, '::1', '00000000-0000-0000-0000-000000000001', %d)";
      pair.source(row.formatted("00", 1), row.formatted("5c", 1), row.formatted("20", 1));
      pair.target(row.formatted("00", 1), row.formatted("5c", 2), row.formatted("0a", 1));

      pair.merges("t +1 ~1 -0 =1 *1").replaces("t +0 ~0 -1 =3 *0");
    }
  }

  @Test
  void aKeyThatIsADateOfZeros() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB, "CREATE TABLE t (d date PRIMARY KEY, e datetime NOT NULL, v int)")) {
      String zero = "SET sql_mode = ''; INSERT INTO t VALUES ('0000-00-00', '0000-00-00', %d)";
      pair.source(zero.formatted(1), "INSERT INTO t VALUES ('2024-01-01', '2024-01-01', 1)");
      pair.target(zero.formatted(2));

      pair.merges("t +1 ~1 -0 =0 *0").replaces("t +0 ~0 -0 =2 *0");
    }
  }

  @Test
  void longKeysAndManyOfThem() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (a varchar(700), b varbinary(200), v longtext, PRIMARY KEY (a, b))",
            "CREATE TABLE u (id int PRIMARY KEY, code text, UNIQUE (code(100)))")) {
      String row =
          "INSERT INTO t VALUES (CONCAT(REPEAT('x', 690), '%s'), REPEAT('y', 200), REPEAT('z', 100000))";
      pair.source(row.formatted("a"), row.formatted("b"));
      pair.target(row.formatted("b"), row.formatted("c"), "UPDATE t SET v = 'other'");

      pair.merges("t +1 ~1 -0 =0 *1", "u +0 ~0 -0 =0 *0");
    }
  }
}
