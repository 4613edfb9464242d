package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.MariaDbServer;
import org.junit.jupiter.api.Test;

/** What MariaDB does to rows when it is asked in the usual way. */
abstract class MariaDbEngineTraps extends MariaDbTraps {

  MariaDbEngineTraps(MariaDbServer server) {
    super(server);
  }

  @Test
  @Holds(value = "A1", as = EXACT)
  @Holds(value = "M3", as = EXACT)
  void tablesThatReferenceEachOther() {
    String off = "SET foreign_key_checks = 0;";
    crossing(
            "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL)",
            "CREATE TABLE b (id int PRIMARY KEY, c int NOT NULL)",
            "CREATE TABLE c (id int PRIMARY KEY, a int NOT NULL, FOREIGN KEY (a) REFERENCES a (id) ON DELETE CASCADE)",
            "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id)",
            "ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c (id)")
        .dev(
            off
                + "INSERT INTO a SELECT seq, 51 - seq FROM seq_1_to_50; INSERT INTO b SELECT seq, seq FROM seq_1_to_50;"
                + "INSERT INTO c SELECT seq, 51 - seq FROM seq_1_to_50")
        .prod(
            off
                + "INSERT INTO a VALUES (1, 1), (99, 99); INSERT INTO b VALUES (1, 1), (99, 99); INSERT INTO c VALUES (1, 1), (99, 99)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "A2", as = REFUSED)
  @Holds(value = "M1", as = REFUSED)
  void aUniqueValueThatAnotherRowHolds() {
    crossing("CREATE TABLE client (id int PRIMARY KEY, email varchar(50) UNIQUE, name varchar(20))")
        .dev("INSERT INTO client VALUES (3, 'a@x', 'Carol')")
        .prod("INSERT INTO client VALUES (1, 'A@X', 'Alice')")
        .refused("public.client", "email", "1", "3");
  }

  @Test
  @Holds(value = "M1", as = EXACT)
  void childrenOfARowThatChanges() {
    crossing(
            "CREATE TABLE client (id int PRIMARY KEY, name varchar(20))",
            "CREATE TABLE note (id int PRIMARY KEY, client int, FOREIGN KEY (client) REFERENCES client (id) ON DELETE CASCADE)")
        .outside("note")
        .dev("INSERT INTO client VALUES (1, 'new')")
        .prod("INSERT INTO client VALUES (1, 'old')", "INSERT INTO note VALUES (1, 1), (2, 1)")
        .arrives("client")
        .holds("note", "1|1", "2|1");
  }

  @Test
  @Holds(value = "A3", as = REFUSED)
  @Holds(value = "M2", as = REFUSED)
  void aMergeThatFailsInItsLastTable() {
    // A circle, a swap and own ids: all of the statements that a merge can consist of.
    crossing(
            "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, v varchar(20) UNIQUE, next int,"
                + " FOREIGN KEY (next) REFERENCES a (id))",
            "CREATE TABLE b (id int PRIMARY KEY, a int, n int, FOREIGN KEY (a) REFERENCES a (id))")
        .tables("{table: a, match: [code]}", "b")
        .dev(
            "INSERT INTO a SELECT seq, CONCAT('c', seq), CONCAT('v', seq), seq FROM seq_1_to_100",
            "INSERT INTO b SELECT seq, seq, seq FROM seq_1_to_100")
        .prod(
            "INSERT INTO a VALUES (50, 'c1', 'v2', NULL), (51, 'c2', 'v1', 50), (52, 'own', 'own', 52)",
            "CREATE TRIGGER late AFTER INSERT ON b FOR EACH ROW BEGIN IF NEW.id = 100 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF; END")
        .refused("trigger", "1644")
        .refusesReplace("trigger", "1644");
  }

  @Test
  @Holds(value = "A4", as = REFUSED)
  @Holds(value = "M3", as = REFUSED)
  void tablesThatFollowByCascade() {
    crossing(
            "CREATE TABLE t (id int PRIMARY KEY)",
            "CREATE TABLE near (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id) ON DELETE CASCADE)",
            "CREATE TABLE loose (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id) ON DELETE SET NULL)")
        .outside("near", "loose")
        .dev("INSERT INTO t VALUES (1)")
        .prod(
            "INSERT INTO t VALUES (1), (2), (3)",
            "INSERT INTO near VALUES (21, 2)",
            "INSERT INTO loose VALUES (41, 3)")
        .refusesReplace("public.near 21", "public.loose 41");
  }

  @Test
  @Holds(value = "M3", as = REFUSED)
  void orphansOfTheSource() {
    crossing(
            "CREATE TABLE p (id int PRIMARY KEY, c int)",
            "CREATE TABLE c (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id))",
            "ALTER TABLE p ADD FOREIGN KEY (c) REFERENCES c (id)")
        .dev(
            "INSERT INTO p VALUES (1, NULL)",
            "SET foreign_key_checks = 0; INSERT INTO c VALUES (7, 1), (8, 999)")
        .refused("public.c", "8", "public.p")
        .refusesReplace("public.c", "8", "public.p");
  }

  @Test
  @Holds(value = "M4", as = REFUSED)
  void tablesThatNoRollbackRestores() {
    for (String engine : new String[] {"MyISAM", "Aria", "MEMORY"}) {
      crossing("CREATE TABLE t (id int PRIMARY KEY, v int) ENGINE = " + engine)
          .dev("INSERT INTO t VALUES (1, 1)")
          .prod("INSERT INTO t VALUES (1, 2)")
          .refused("public.t", "ENGINE = InnoDB");
    }
  }

  @Test
  @Holds(value = "M18", as = EXACT)
  void rowsThatAreLargerThanAPacketOfTheUsualSize() {
    Crossing crossing =
        crossing("CREATE TABLE t (id int PRIMARY KEY, v longtext, raw longblob)")
            .dev(
                "INSERT INTO t SELECT seq, REPEAT('x\\n\\t\\\\', 700000), REPEAT(X'00ff', 1000000) FROM seq_1_to_12",
                "UPDATE t SET raw = NULL WHERE id > 9")
            .prod("INSERT INTO t VALUES (1, REPEAT('y', 3000000), NULL), (2, NULL, NULL)");
    crossing.sync();
    crossing.settled();
    String sums = "SELECT id, MD5(v), MD5(raw) FROM t ORDER BY id";
    assertThat(crossing.prod().rows(sums)).isEqualTo(crossing.dev().rows(sums));
  }
}
