package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.MariaDbServer;
import org.junit.jupiter.api.Test;

/** Tables of MariaDB that are more than rows of columns. */
abstract class MariaDbStructureTraps extends MariaDbTraps {

  MariaDbStructureTraps(MariaDbServer server) {
    super(server);
  }

  @Test
  @Holds(value = "M12", as = EXACT)
  void generatedAndInvisibleColumns() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, net decimal(8,2), gross decimal(8,2) AS (net * 1.22) STORED, low varchar(20) AS (lower(name)) VIRTUAL UNIQUE,"
                + " name varchar(20), secret int NOT NULL DEFAULT 5 INVISIBLE)")
        .dev("INSERT INTO t (id, net, name, secret) VALUES (1, 10, 'A', 1), (2, 20, 'B', 2)")
        .prod("INSERT INTO t (id, net, name) VALUES (1, 1, 'B'), (2, 2, 'a')")
        .arrivesWhole()
        .holds("t", "1|10.00|12.20|a|A|1", "2|20.00|24.40|b|B|2");
  }

  @Test
  @Holds(value = "M12", as = REFUSED)
  void columnsThatAreComputedInAnotherWay() {
    crossing()
        .dev("CREATE TABLE t (id int PRIMARY KEY, n int, twice int AS (n * 2) STORED)")
        .prod("CREATE TABLE t (id int PRIMARY KEY, n int, twice int AS (n * 3) STORED)")
        .dev("INSERT INTO t (id, n) VALUES (1, 1)")
        .refused("public.t", "twice");
  }

  @Test
  @Holds(value = "M13", as = EXACT)
  void valuesThatChangePlaces() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, pos int NOT NULL, UNIQUE (pos))")
        .dev(
            "INSERT INTO t SELECT seq, CONCAT('c', IF(seq % 2 = 0, seq - 1, seq + 1)), seq + 1 FROM seq_1_to_100")
        .prod("INSERT INTO t SELECT seq, CONCAT('C', seq), seq FROM seq_1_to_100")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "M13", as = REFUSED)
  void valuesThatNothingCanReplace() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, v enum('a', 'b') NOT NULL UNIQUE)")
        .dev("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
        .prod("INSERT INTO t VALUES (1, 'b'), (2, 'a')")
        .refused("public.t 1", "public.t 2", "v");
  }

  @Test
  @Holds(value = "M14", as = EXACT)
  void tablesWithTheirHistory() {
    Crossing crossing =
        crossing(
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(20)) WITH SYSTEM VERSIONING",
                "CREATE TABLE u (id int PRIMARY KEY, v varchar(20), since timestamp(6) GENERATED ALWAYS AS ROW START,"
                    + " until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING")
            .dev(
                "INSERT INTO t VALUES (1, 'first'), (2, 'gone'), (3, 'x')",
                "UPDATE t SET v = 'second' WHERE id = 1",
                "DELETE FROM t WHERE id = 2",
                "INSERT INTO u (id, v) VALUES (1, 'new')")
            .prod(
                "INSERT INTO t VALUES (1, 'old'), (9, 'own')",
                "INSERT INTO u (id, v) VALUES (1, 'old')");
    crossing.sync();
    crossing.settled();
    assertThat(crossing.prod().rows("SELECT id, v FROM t ORDER BY id"))
        .containsExactly("1|second", "3|x", "9|own");
    assertThat(crossing.prod().rows("SELECT id, v FROM u")).containsExactly("1|new");
    assertThat(crossing.prod().rows("SELECT id, v FROM t FOR SYSTEM_TIME ALL ORDER BY id, v"))
        .as("prod's own history, nothing of dev's")
        .containsExactly("1|old", "1|second", "3|x", "9|own");
  }

  @Test
  @Holds(value = "P14", as = EXACT)
  void autoIncrementAndSequencesGoOn() {
    Crossing crossing =
        crossing(
                "CREATE SEQUENCE numbers",
                "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v int)",
                "CREATE TABLE u (id int PRIMARY KEY DEFAULT nextval(numbers), v int)")
            .dev("INSERT INTO t VALUES (41, 1)", "INSERT INTO u VALUES (51, 1)");
    crossing.arrives();
    crossing.prod("INSERT INTO t (v) VALUES (2)", "INSERT INTO u (v) VALUES (2)");
    crossing.holds("t", "41|1", "42|2").holds("u", "51|1", "52|2");
  }

  @Test
  @Holds(value = "P19", as = REFUSED)
  void triggersThatRewrite() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, v varchar(20))")
        .dev("INSERT INTO t VALUES (7, 'new')")
        .prod("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.v = UPPER(NEW.v)")
        .refused("public.t 7");
  }

  @Test
  @Holds(value = "P22", as = EXACT)
  void partitionsAreOneTable() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY, v int) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN MAXVALUE)")
        .dev("INSERT INTO t VALUES (1, 1), (20, 1)")
        .prod("INSERT INTO t VALUES (1, 2), (30, 1)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "P25", as = EXACT)
  void namesThatNeedQuotes() {
    crossing(
            "CREATE TABLE `back``tick \"q\" 'x'; drop` (`id` int PRIMARY KEY, `a b``c` varchar(20), `select` int)",
            "CREATE TABLE `order` (`a.b` int PRIMARY KEY, `\\\\N` int, FOREIGN KEY (`\\\\N`) REFERENCES `back``tick \"q\" 'x'; drop` (`id`))")
        .dev(
            "INSERT INTO `back``tick \"q\" 'x'; drop` VALUES (1, 'x', 2)",
            "INSERT INTO `order` VALUES (1, 1)")
        .arrivesWhole();
  }
}
