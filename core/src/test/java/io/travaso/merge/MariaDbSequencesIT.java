package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.merge.Pair.Planned;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;

/** AUTO_INCREMENT and sequences follow what was merged, and never go back. */
class MariaDbSequencesIT {
  private static final String COUNTED =
      "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40))";

  private static String next(Pair pair) {
    return pair.value("INSERT INTO t (v) VALUES ('next') RETURNING id");
  }

  @Test
  void autoIncrementFollowsInserts() {
    try (Pair pair = Pair.of(Engine.MARIADB, COUNTED)) {
      pair.source("INSERT INTO t VALUES (1, 'a'), (10, 'b')");
      pair.target("INSERT INTO t VALUES (1, 'a')");

      pair.merges("t +1 ~0 -0 =1 *0");

      assertThat(next(pair)).isEqualTo("11");
    }
  }

  @Test
  void autoIncrementFollowsUpdates() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (k int PRIMARY KEY, number int NOT NULL AUTO_INCREMENT UNIQUE, v varchar(40))")) {
      pair.source("INSERT INTO t VALUES (1, 40, 'a')");
      pair.target("INSERT INTO t VALUES (1, 1, 'a')");

      pair.merges("t +0 ~1 -0 =0 *0");

      assertThat(pair.value("INSERT INTO t (k) VALUES (2) RETURNING number")).isEqualTo("41");
    }
  }

  @Test
  void autoIncrementNeverGoesBack() {
    try (Pair pair = Pair.of(Engine.MARIADB, COUNTED)) {
      pair.source("INSERT INTO t VALUES (5, 'a')");
      pair.target(
          "INSERT INTO t VALUES (5, 'b'), (6, 'own')", "ALTER TABLE t AUTO_INCREMENT = 1000");

      pair.replaces("t +0 ~1 -1 =0 *0");

      assertThat(next(pair)).isEqualTo("1000");
    }
  }

  @Test
  void ownIdsAreDrawnAboveAllThatWereGiven() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t (id))")) {
      pair.match("t", "v").only("c");
      pair.source("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO c VALUES (1, 1), (2, 2)");
      pair.target("ALTER TABLE t AUTO_INCREMENT = 100", "INSERT INTO t (v) VALUES ('gone')");
      pair.target("DELETE FROM t");
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        // Whoever draws a number in between keeps it.
        pair.target("INSERT INTO t (v) VALUES ('theirs')");
        planned.apply();
      }

      assertThat(pair.records("t")).containsExactly("(101,theirs)", "(102,a)", "(103,b)");
      assertThat(pair.records("c")).containsExactly("(1,102)", "(2,103)");
      assertThat(next(pair)).isEqualTo("104");
    }
  }

  @Test
  void sequencesFollow() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE SEQUENCE s",
            "CREATE SEQUENCE down INCREMENT -1",
            "CREATE TABLE t (id int PRIMARY KEY DEFAULT NEXTVAL(s), v varchar(40), n int DEFAULT NEXTVAL(down))")) {
      pair.source("INSERT INTO t VALUES (50, 'a', -7), (20, 'b', -3)");

      pair.merges("t +2 ~0 -0 =0 *0");

      assertThat(pair.value("INSERT INTO t (v) VALUES ('next') RETURNING id, n"))
          .isEqualTo("51|-8");
    }
  }

  @Test
  void sequencesNeverGoBackAndStayAtTheirEnd() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE SEQUENCE s",
            "CREATE SEQUENCE e MAXVALUE 100",
            "CREATE TABLE t (id int PRIMARY KEY DEFAULT NEXTVAL(s), v varchar(40))",
            "CREATE TABLE u (id int PRIMARY KEY DEFAULT NEXTVAL(e), v varchar(40))")) {
      pair.source("INSERT INTO t VALUES (5, 'a')", "INSERT INTO u VALUES (500, 'a'), (-7, 'b')");
      pair.target("SELECT SETVAL(s, 1000)");

      pair.merges("t +1 ~0 -0 =0 *0", "u +2 ~0 -0 =0 *0");

      assertThat(next(pair)).isEqualTo("1001");
    }
  }

  @Test
  void idsAreDrawnFromASequence() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE SEQUENCE s START WITH 30",
            "CREATE TABLE t (id int PRIMARY KEY DEFAULT NEXTVAL(s), v varchar(40) NOT NULL UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t (id))")) {
      pair.match("t", "v").only("c");
      pair.source("INSERT INTO t VALUES (1, 'b'), (2, 'a')", "INSERT INTO c VALUES (1, 1), (2, 2)");
      pair.target("INSERT INTO t (v) VALUES ('own')");

      pair.merges("t +2 ~0 -0 =0 *1", "c +2 ~0 -0 =0 *0");

      assertThat(pair.records("t")).containsExactly("(30,own)", "(31,a)", "(32,b)");
      assertThat(pair.records("c")).containsExactly("(1,32)", "(2,31)");
    }
  }
}
