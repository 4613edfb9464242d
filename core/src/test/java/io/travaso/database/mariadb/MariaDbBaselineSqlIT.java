package io.travaso.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql.Work;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What changed where, told by MariaDB. */
class MariaDbBaselineSqlIT {
  private static final String ROW = "id int PRIMARY KEY, a varchar(20), b int, c varchar(20)";

  private static BaselineTable agreed(String columns, String rows) {
    BaselineTable table = new BaselineTable(columns);
    return table.execute("INSERT INTO s VALUES " + rows, "INSERT INTO t VALUES " + rows);
  }

  @Test
  void tellsWhoChangedWhat() {
    try (BaselineTable t =
        agreed(ROW, "(1,'a',1,'c'),(2,'a',1,'c'),(3,'a',1,'c'),(4,'a',NULL,'c'),(5,'a',1,'c')")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "UPDATE s SET a = 'source' WHERE id IN (1, 3)",
          "UPDATE t SET a = 'target' WHERE id = 3",
          "UPDATE t SET b = 2, c = 'target' WHERE id IN (2, 3)",
          "UPDATE s SET c = 'source' WHERE id = 2",
          "UPDATE s SET b = 7 WHERE id = 4",
          "UPDATE t SET b = 8 WHERE id = 4",
          "UPDATE s SET b = 9 WHERE id = 5",
          "UPDATE t SET b = 9, c = NULL WHERE id = 5",
          "INSERT INTO s VALUES (6, 'new', 1, 'c'), (7, 'new', 1, 'c')",
          "INSERT INTO t VALUES (6, 'new', 2, 'c'), (8, 'new', 1, 'c')");
      assertThat(t.compare(t.stage(), base))
          .containsExactly("2 u .tx", "3 u xtt", "4 u .x.", "5 u ..t", "6 u .+.");
    }
  }

  @Test
  void tellsWhoDeletedWhat() {
    try (BaselineTable t =
        agreed(ROW, "(1,'a',1,'c'),(2,'a',1,'c'),(3,'a',1,'c'),(4,'a',1,'c'),(5,'a',1,'c')")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "DELETE FROM t WHERE id IN (1, 2)",
          "UPDATE s SET b = 2 WHERE id = 2",
          "DELETE FROM s WHERE id IN (3, 4)",
          "UPDATE t SET b = NULL WHERE id = 4",
          "INSERT INTO s VALUES (6, 'new', 1, 'c')",
          "INSERT INTO t VALUES (7, 'new', 1, 'c')");
      assertThat(t.compare(t.stage(), base)).containsExactly("1 k ", "2 x ", "3 g ", "4 y ");
    }
  }

  @Test
  void makesTheStagedRowsWhatTheyBecome() {
    try (BaselineTable t = agreed(ROW, "(1,'a',1,'c'),(2,'a',1,'c'),(3,'a',1,'c')")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "UPDATE s SET a = 'source', c = 'source' WHERE id = 1",
          "UPDATE t SET b = NULL, c = 'target' WHERE id = 1",
          "DELETE FROM t WHERE id = 2",
          "UPDATE t SET a = 'target' WHERE id = 3");
      Work work = t.stage();
      assertThat(t.compare(work, base)).containsExactly("1 u stx", "2 k ", "3 u t..");
      t.session.execute("UPDATE merged SET ways = REPLACE(ways, 'x', 'b')");
      t.sql.adopt(work, BaselineTable.MERGED).forEach(t::run);
      assertThat(t.staged(work, "CONCAT_WS(' ', w0, w1, COALESCE(w2, 'NULL'), w3)"))
          .containsExactly("1 source NULL target", "3 target 1 c");
      t.execute("UPDATE t SET a = 'source' WHERE id = 1");
      Base next = t.agree(work, base, BaselineTable.MERGED);
      // The source's, whatever was taken.
      assertThat(t.compare(t.stage(), next)).containsExactly("1 u .tt", "2 k ", "3 u t..");
      assertThat(t.count(base)).isEqualTo(3);
      assertThat(t.count(next)).isEqualTo(3);
      assertThat(t.list("SELECT COUNT(*) FROM travaso_base")).containsExactly("4");
    }
  }

  @Test
  void letsTheNewestWin() {
    try (BaselineTable t =
        agreed(
            "id int PRIMARY KEY, v int, at datetime(6)", "(1,0,NOW(6)),(2,0,NOW(6)),(3,0,NULL)")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "UPDATE s SET v = 1, at = '2024-01-01 00:00:00.000002'",
          "UPDATE t SET v = 2, at = '2024-01-01 00:00:00.000001'",
          "UPDATE t SET at = '2024-01-01 00:00:00.000003' WHERE id = 2",
          "UPDATE t SET at = NULL WHERE id = 3");
      Work work = t.stage();
      assertThat(t.compare(work, base)).containsExactly("1 u xx", "2 u xx", "3 u xs");
      var at = t.table.table().requiredColumn("at");
      t.sql.newest(work, "merged", at, true).forEach(t::run);
      assertThat(t.list("SELECT ways FROM merged ORDER BY k0")).containsExactly("xa", "xb", "xs");
      t.sql.newest(work, "merged", at, false).forEach(t::run);
      assertThat(t.list("SELECT ways FROM merged ORDER BY k0")).containsExactly("aa", "bb", "xs");
    }
  }

  @Test
  void listsConflicts() {
    try (BaselineTable t =
        agreed(
            "id int PRIMARY KEY, v varchar(300), x varbinary(9), f float", "(1,'a',x'00ff',0.1)")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "UPDATE s SET v = REPEAT('\u00e8', 300), f = 0.2",
          "UPDATE t SET v = NULL, x = x'01', f = 0.3");
      Work work = t.stage();
      t.compare(work, base);
      List<List<String>> rows = conflicts(t, work);
      assertThat(rows.get(0).subList(0, 3)).containsExactly("1", "u", "xtx");
      assertThat(rows.get(0).subList(4, 10))
          .containsExactly("\u00e8".repeat(5), null, "\\x00f", "\\x01", "0.200", "0.300");
      String seen = rows.get(0).get(3);
      t.compare(work, base);
      assertThat(conflicts(t, work).get(0).get(3)).isEqualTo(seen);
      t.execute("UPDATE t SET x = x'02'");
      t.compare(t.stage(), base);
      assertThat(conflicts(t, work).get(0).get(3)).isNotEqualTo(seen);
    }
  }

  private static List<List<String>> conflicts(BaselineTable t, Work work) {
    return t.session
        .createQuery(t.sql.conflicts(work, BaselineTable.MERGED, "d.ways LIKE '%x%'", 5, 10))
        .map(
            (r, c) -> {
              List<String> values = new ArrayList<>();
              for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                values.add(r.getString(i));
              }
              return values;
            })
        .list();
  }

  @Test
  void remembersWhatTheSourceHas() {
    try (BaselineTable t = agreed(ROW, "(1,'a',1,'c'),(2,'a',1,'c'),(3,'a',1,'c')")) {
      Base first = t.remember(null);
      assertThat(t.changed(first)).isEmpty();
      t.execute(
          "UPDATE t SET a = 'b' WHERE id = 1",
          "DELETE FROM t WHERE id = 2",
          "INSERT INTO t VALUES (-4,'a',1,'c')");
      assertThat(t.changed(first)).hasSize(2);
      assertThat(t.gone(first)).hasSize(1);
      Base second = t.remember(first);
      assertThat(t.changed(second)).isEmpty();
      assertThat(t.gone(second)).isEmpty();
      assertThat(t.count(second)).isEqualTo(3);
      assertThat(t.count(first)).isEqualTo(3);
      assertThat(t.changed(first)).hasSize(2);
      assertThat(t.gone(first)).hasSize(1);
    }
  }

  @Test
  void endsWhatNeitherSideHas() {
    try (BaselineTable t =
        agreed(ROW, "(1,'a',1,'c'),(2,'a',1,'c'),(3,'a',1,'c'),(4,'a',1,'c'),(5,'a',1,'c')")) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "DELETE FROM s WHERE id IN (1, 2, 3)",
          "DELETE FROM t WHERE id IN (1, 4)",
          "UPDATE t SET a = 'mine' WHERE id = 3");
      Work work = t.stage();
      assertThat(t.compare(work, base)).containsExactly("2 g ", "3 y ", "4 k ");
      t.session.execute("UPDATE merged SET kind = 'z' WHERE kind = 'y'");
      t.sql.adopt(work, BaselineTable.MERGED).forEach(t::run);
      Base next = t.agree(work, base, BaselineTable.MERGED);
      assertThat(t.count(next)).isEqualTo(3);
      assertThat(t.compare(t.stage(), next)).containsExactly("2 g ", "4 k ");
    }
  }

  @Test
  void knowsLinksWithoutValuesAndTablesWithManyColumns() {
    try (BaselineTable t = new BaselineTable("a int, b bigint unsigned, PRIMARY KEY (a, b)")) {
      t.execute(
          "INSERT INTO s VALUES (-1, 18446744073709551615), (1, 0), (2, 5)",
          "INSERT INTO t SELECT * FROM s");
      Base base = t.agree(t.stage(), null, null);
      assertThat(t.changed(base)).isEmpty();
      t.execute("DELETE FROM s WHERE a = -1", "DELETE FROM t WHERE a = 1");
      assertThat(t.compare(t.stage(), base))
          .containsExactly("-1, 18446744073709551615 g ", "1, 0 k ");
      assertThat(t.gone(base)).containsExactly("\\\\x80000000000000010000000000000000");
    }
    String columns =
        IntStream.range(0, 300).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
    try (BaselineTable t = new BaselineTable("id int PRIMARY KEY, " + columns)) {
      t.execute("INSERT INTO s (id, c3) VALUES (1, 1), (2, 2)", "INSERT INTO t SELECT * FROM s");
      Base base = t.agree(t.stage(), null, null);
      t.execute("UPDATE t SET c299 = 1", "UPDATE s SET c298 = 1 WHERE id = 2");
      assertThat(t.compare(t.stage(), base))
          .containsExactly("1 u " + ".".repeat(299) + "t", "2 u " + ".".repeat(298) + "st");
    }
  }

  /**
   * Somebody writes to the rows meanwhile: a plan neither waits for them nor keeps them waiting.
   */
  @Test
  void asksForNoLocks() throws SQLException {
    try (BaselineTable t =
            agreed(
                "id int PRIMARY KEY, v int, at datetime(6)",
                "(1,0,'2020-01-01'),(2,0,'2020-01-01'),(3,0,'2020-01-01')");
        Connection other = t.database.connect();
        Statement statement = other.createStatement()) {
      Base base = t.agree(t.stage(), null, null);
      t.execute(
          "UPDATE s SET v = 1, at = '2024-01-01' WHERE id = 1",
          "UPDATE t SET v = 2, at = '2024-01-02' WHERE id = 1",
          "UPDATE t SET v = 2 WHERE id = 2");
      other.setAutoCommit(false);
      statement.execute("UPDATE t SET v = 7");
      Work work = t.stage();
      t.session.begin();
      assertThat(t.compare(work, base)).containsExactly("1 u xx", "2 u t.");
      t.sql.newest(work, "merged", t.table.table().requiredColumn("at"), false).forEach(t::run);
      t.sql.adopt(work, "merged").forEach(t::run);
      assertThat(t.staged(work, "CONCAT_WS(' ', w0, w1)")).containsExactly("1 2", "2 2", "3 0");
      statement.execute("UPDATE t SET v = 8");
      t.session.commit();
      other.rollback();
    }
  }

  @Test
  void loadsEntriesWithoutLocalFiles() {
    try (BaselineTable t = agreed(ROW, "(1,'a',1,'c'),(2,'a',NULL,'c')")) {
      t.run(MariaDbAgreeSql.create("x"));
      MariaDbLoadColumns columns = MariaDbLoadColumns.entries(t.table, true);
      try (MariaDbLoad load =
          new MariaDbLoad(columns, new InsertStatement(t.session, "x", columns), 100)) {
        for (String row : t.changed(null)) {
          byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
          load.row(bytes, 0, bytes.length);
        }
        assertThat(load.finish()).isEqualTo(2);
      }
      t.agree(t.stage(), null, null);
      assertThat(t.list("SELECT COUNT(*) FROM x JOIN travaso_base USING (k, digests)"))
          .containsExactly("2");
    }
  }
}
