package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.table.ColumnRule;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;

/** As {@link TriggersIT}, on MariaDB: what triggers lose or change is noticed before COMMIT. */
class MariaDbTriggersIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))";

  private static Pair pair(String... schema) {
    return Pair.of(Engine.MARIADB, schema);
  }

  /** In the target. */
  private static void trigger(Pair pair, String when, String body) {
    pair.target("CREATE TRIGGER g " + when + " ON t FOR EACH ROW " + body);
  }

  private static Pair rows() {
    Pair pair = pair(TABLE).source("INSERT INTO t VALUES (1, 'new'), (2, 'new'), (3, 'new')");
    return pair.target("INSERT INTO t VALUES (1, 'old'), (8, 'own'), (9, 'own')");
  }

  @Test
  void thatRewritesWhatIsWritten() {
    try (Pair pair = rows()) {
      trigger(pair, "BEFORE UPDATE", "SET NEW.v = CONCAT(NEW.v, '!')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("reads back differently");
      assertThat(failure.details()).containsExactly("public.t 1");
      assertThat(Pair.text(failure)).doesNotContain("new!");
    }
  }

  @Test
  void thatRewritesTheKey() {
    try (Pair pair = rows()) {
      trigger(pair, "BEFORE INSERT", "SET NEW.id = NEW.id + 100");

      assertThat(pair.refusesMerge().details()).contains("public.t 2", "public.t 3");
    }
  }

  @Test
  void thatKeepsATimeUpToDate() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(20), at timestamp NOT NULL DEFAULT '2001-01-01' ON UPDATE current_timestamp())")) {
      pair.source("INSERT INTO t VALUES (1, 'new', '2020-02-02 02:02:02')");
      pair.target("INSERT INTO t VALUES (1, 'old', '2020-02-02 02:02:02')");
      // What is not said to change would be changed by ON UPDATE.
      pair.merges("t +0 ~1 -0 =0 *0");
      assertThat(pair.target.rows("SELECT v, at FROM t"))
          .containsExactly("new|2020-02-02 02:02:02");

      pair.source("UPDATE t SET v = 'newer', at = '2020-02-02 02:02:02'");
      trigger(pair, "BEFORE UPDATE", "SET NEW.at = '2030-01-01'");
      assertThat(pair.refusesMerge().details()).containsExactly("public.t 1");
    }
  }

  @Test
  void thatChangesRowsThatWereEqual() {
    try (Pair pair = pair(TABLE, "CREATE TABLE total (id int PRIMARY KEY, n int)")) {
      pair.both("INSERT INTO total VALUES (1, 5), (2, 5)");
      pair.source("INSERT INTO t VALUES (1, 'new')");
      trigger(pair, "AFTER INSERT", "UPDATE total SET n = n + 1 WHERE id = 2");

      assertThat(pair.refusesMerge().details()).containsExactly("public.total 2");
    }
  }

  @Test
  void thatAddsRowsToTheSet() {
    try (Pair pair = pair(TABLE, "CREATE TABLE history (id int PRIMARY KEY, t int)")) {
      pair.source("INSERT INTO t VALUES (1, 'new')");
      trigger(pair, "AFTER INSERT", "INSERT INTO history VALUES (NEW.id, NEW.id)");

      assertThat(pair.refusesMerge().details())
          .containsExactly("public.history has 1 rows instead of 0");

      pair.exclude("history").merges("t +1 ~0 -0 =0 *0");
      assertThat(pair.target.rows("SELECT t FROM history")).containsExactly("1");
    }
  }

  @Test
  void thatChangesRowsOnlyTheTargetHas() {
    try (Pair pair = pair(TABLE, "CREATE TABLE total (id int PRIMARY KEY, n int)")) {
      pair.target("INSERT INTO total VALUES (9, 5)");
      pair.source("INSERT INTO t VALUES (1, 'new')");
      trigger(pair, "AFTER INSERT", "UPDATE total SET n = n + 1");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("only the target has", "public.total");
    }
  }

  @Test
  void thatRefusesIsToldWithoutItsValues() {
    try (Pair pair = rows()) {
      trigger(
          pair,
          "BEFORE INSERT",
          "BEGIN DECLARE m varchar(99); SET m = CONCAT('no ', NEW.v, ' here');"
              + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = m; END");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.what()).contains("trigger", "1644");
      assertThat(Pair.text(failure)).doesNotContain("no new here");
    }
  }

  @Test
  void thatKeepsAnIgnoredColumnUpToDate() {
    try (Pair pair = pair(TABLE.replace("v varchar(20)", "v varchar(20), n int DEFAULT 0"))) {
      pair.column("t", "n", new ColumnRule.Ignore());
      pair.target("INSERT INTO t VALUES (9, 'own', 7)");
      trigger(pair, "BEFORE INSERT", "SET NEW.n = 5");
      pair.source("INSERT INTO t VALUES (1, 'new', 1)");

      pair.merges("t +1 ~0 -0 =0 *1");

      assertThat(pair.target.rows("SELECT * FROM t ORDER BY id"))
          .containsExactly("1|new|5", "9|own|7");
    }
  }
}
