package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.table.ColumnRule;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What MariaDB's tables have that others have not. */
class MariaDbStructuresIT {

  @Test
  @Holds(value = "M12", as = Outcome.EXACT)
  void computedAndInvisibleColumns() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY, a int, twice int AS (a * 2) STORED, thrice int AS (a * 3) VIRTUAL,"
                + " hidden int INVISIBLE DEFAULT 7, v varchar(40))")) {
      pair.source("INSERT INTO t (id, a, hidden, v) VALUES (1, 5, 1, 'x'), (2, 6, 2, 'y')");
      pair.target("INSERT INTO t (id, a, hidden, v) VALUES (1, 5, 3, 'x')");

      pair.merges("t +1 ~1 -0 =0 *0");

      assertThat(pair.target.rows("SELECT id, a, twice, thrice, hidden, v FROM t ORDER BY id"))
          .containsExactly("1|5|10|15|1|x", "2|6|12|18|2|y");
    }
  }

  @Test
  @Holds(value = "M14", as = Outcome.EXACT)
  void versionedTablesAreMergedAsTheyAreNow() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40)) WITH SYSTEM VERSIONING",
            "CREATE TABLE u (id int PRIMARY KEY, t int, a timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE,"
                + " z timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (a, z)) WITH SYSTEM VERSIONING")) {
      pair.both("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.source(
          "UPDATE t SET v = 'new' WHERE id = 1",
          "DELETE FROM t WHERE id = 2",
          "INSERT INTO t VALUES (3, 'c')",
          "INSERT INTO u (id, t) VALUES (1, 1)");
      pair.target("UPDATE t SET v = 'old' WHERE id = 1", "INSERT INTO t VALUES (9, 'own')");

      pair.merges("t +1 ~1 -0 =0 *2", "u +1 ~0 -0 =0 *0");
      assertThat(Pair.counts(pair.replace().plan()))
          .containsExactlyInAnyOrder("t +0 ~0 -2 =2 *0", "u +0 ~0 -0 =1 *0");

      assertThat(pair.records("t")).containsExactly("(1,new)", "(3,c)");
      // The history goes on: nothing of it is lost.
      assertThat(
              pair.target.rows(
                  "SELECT DISTINCT v FROM t FOR SYSTEM_TIME ALL WHERE id = 1 ORDER BY v"))
          .containsExactly("a", "new", "old");
    }
  }

  @Test
  void timesThatTheServerSetsAreAsTheyWereMerged() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), changed timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,"
                + " kept datetime DEFAULT current_timestamp ON UPDATE current_timestamp)")) {
      pair.source("INSERT INTO t VALUES (1, 'new', '2020-01-01 10:00:00', '2020-01-01 10:00:00')");
      pair.target("INSERT INTO t VALUES (1, 'old', '2019-01-01 10:00:00', '2018-01-01 10:00:00')");
      pair.column("t", "kept", new ColumnRule.KeepTarget(null));

      pair.merges("t +0 ~1 -0 =0 *0");

      assertThat(pair.value("SELECT kept FROM t")).startsWith("2018-01-01 10:00:00");
      assertThat(pair.value("SELECT UNIX_TIMESTAMP(changed) FROM t"))
          .isEqualTo(pair.source.rows("SELECT UNIX_TIMESTAMP(changed) FROM t").get(0));
    }
  }

  @Test
  void timesThatTheServerSetsAreKeptWhileIdsAreDrawn() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, code varchar(40) NOT NULL UNIQUE,"
                + " a timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,"
                + " b datetime(6) DEFAULT current_timestamp ON UPDATE current_timestamp, parent int, FOREIGN KEY (parent) REFERENCES t (id))",
            "CREATE TABLE c (id int PRIMARY KEY, t int REFERENCES t (id))")) {
      pair.match("t", "code").only("c");
      pair.source(
          "INSERT INTO t VALUES (1, 'a', '2020-01-01', '2020-01-01', NULL), (2, 'b', '2020-01-01', '2020-01-01', 1)",
          "INSERT INTO c VALUES (1, 2)");
      pair.target("INSERT INTO t (code) VALUES ('own')");

      pair.merges("t +2 ~0 -0 =0 *1", "c +1 ~0 -0 =0 *0");

      assertThat(pair.records("c")).containsExactly("(1,3)");
      assertThat(pair.value("SELECT COUNT(*) FROM t WHERE a < '2020-02-01' AND b < '2020-02-01'"))
          .isEqualTo("2");
    }
  }

  @Test
  void partitionedTables() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (id int, day date, v int, PRIMARY KEY (id, day)) PARTITION BY RANGE (YEAR(day))"
                + " (PARTITION a VALUES LESS THAN (2020), PARTITION b VALUES LESS THAN MAXVALUE)")) {
      pair.source(
          "INSERT INTO t VALUES (1, '2019-01-01', 1), (1, '2024-01-01', 1), (2, '2024-01-01', 1)");
      pair.target("INSERT INTO t VALUES (1, '2019-01-01', 2), (3, '2024-01-01', 1)");

      pair.merges("t +2 ~1 -0 =0 *1").replaces("t +0 ~0 -1 =3 *0");
    }
  }

  @Test
  void oddNames() {
    String table = "`a``b'; DROP \"x`";
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE "
                + table
                + " (`order` int PRIMARY KEY, `w``0` varchar(10), `ä.b` int, FOREIGN KEY (`ä.b`) REFERENCES "
                + table
                + " (`order`))")) {
      pair.source("INSERT INTO " + table + " VALUES (1, 'x', NULL), (2, 'y', 1)");
      pair.target("INSERT INTO " + table + " VALUES (1, 'z', 1)");

      pair.merges("\"a`b'; DROP \"\"x\" +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void collationsOfOneTableThatDiffer() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (a varchar(20) CHARACTER SET latin1, b varchar(20) COLLATE utf8mb4_unicode_ci,"
                + " c varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin, d varchar(20) CHARACTER SET ucs2, PRIMARY KEY (a, b, c, d))")) {
      pair.source("INSERT INTO t VALUES ('é', 'é', 'é', 'é'), ('x', 'x', 'x', 'x')");
      pair.target("INSERT INTO t VALUES ('É', 'E', 'é', 'é'), ('y', 'x', 'x', 'x')");

      pair.merges("t +1 ~1 -0 =0 *1").replaces("t +0 ~0 -1 =2 *0");

      assertThat(pair.records("t")).isEqualTo(List.of("(x,x,x,x)", "(é,é,é,é)"));
    }
  }
}
