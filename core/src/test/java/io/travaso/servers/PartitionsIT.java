package io.travaso.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables in partitions, through whole runs: pushed, pulled, replaced, rolled back. */
class PartitionsIT {
  private static final String TABLE =
      "CREATE TABLE t (id int NOT NULL, p int NOT NULL, v varchar(20), w varchar(20), PRIMARY KEY"
          + " (id, p)) PARTITION BY ";

  @TempDir Path folder;

  /** How a table is cut, and how to ask for what is in the part that has p = 30. */
  enum Kind {
    RANGE(
        Engine.POSTGRESQL,
        "SELECT * FROM ONLY t_high ORDER BY id",
        "RANGE (p)",
        "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (20)",
        "CREATE TABLE t_high PARTITION OF t FOR VALUES FROM (20) TO (40)"),
    LIST(
        Engine.POSTGRESQL,
        "SELECT * FROM ONLY t_high ORDER BY id",
        "LIST (p)",
        "CREATE TABLE t_high PARTITION OF t FOR VALUES IN (30)",
        "CREATE TABLE t_low PARTITION OF t DEFAULT"),
    HASH(
        Engine.POSTGRESQL,
        "SELECT * FROM t WHERE p = 30 ORDER BY id",
        "HASH (p)",
        "CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE t_1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1)"),
    /** With its columns in another order, as a partition that was attached later may have. */
    ATTACHED(
        Engine.POSTGRESQL,
        "SELECT id, p, v, w FROM ONLY t_high ORDER BY id",
        "RANGE (p)",
        "CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (20)",
        "CREATE TABLE t_high (w varchar(20), gone int, v varchar(20), p int NOT NULL, id int NOT"
            + " NULL)",
        "ALTER TABLE t_high DROP COLUMN gone",
        "ALTER TABLE t ATTACH PARTITION t_high FOR VALUES FROM (20) TO (40)"),
    MARIADB_RANGE(
        Engine.MARIADB,
        "SELECT * FROM t PARTITION (high) ORDER BY id",
        "RANGE (p) (PARTITION low VALUES LESS THAN (20), PARTITION high VALUES LESS THAN (40))"),
    MARIADB_LIST(
        Engine.MARIADB,
        "SELECT * FROM t PARTITION (high) ORDER BY id",
        "LIST (p) (PARTITION low VALUES IN (10, 11), PARTITION high VALUES IN (30))"),
    MARIADB_HASH(
        Engine.MARIADB, "SELECT * FROM t WHERE p = 30 ORDER BY id", "HASH (p) PARTITIONS 3"),
    MARIADB_KEY(Engine.MARIADB, "SELECT * FROM t WHERE p = 30 ORDER BY id", "KEY (p) PARTITIONS 4"),
    MARIADB_SUBPARTITIONS(
        Engine.MARIADB,
        "SELECT * FROM t PARTITION (high) ORDER BY id",
        "RANGE (p) SUBPARTITION BY HASH (id) SUBPARTITIONS 2"
            + " (PARTITION low VALUES LESS THAN (20), PARTITION high VALUES LESS THAN MAXVALUE)");

    private final Engine engine;
    private final String high;
    private final String by;
    private final String parts;

    Kind(Engine engine, String high, String by, String... parts) {
      this.engine = engine;
      this.high = high;
      this.by = by;
      this.parts = parts.length == 0 ? "" : "; " + String.join("; ", parts);
    }
  }

  private Both open(Kind kind, String tables) {
    Both both = Both.on(kind.engine, folder, tables);
    for (TestDatabase database : List.of(both.dev, both.prod)) {
      database.execute(TABLE + kind.by + kind.parts);
      database.execute(
          "INSERT INTO t VALUES (1, 10, 'a', 'a'), (2, 10, 'b', 'b'), (3, 30, 'c', 'c')");
    }
    return both;
  }

  @ParameterizedTest
  @EnumSource
  void goesThereAndBackAndIsTakenBack(Kind kind) {
    try (Both both = open(kind, "t")) {
      // Both agree; then each changes a column of one row, in different partitions too.
      both.push();
      both.dev.execute(
          "UPDATE t SET v = 'dev' WHERE id IN (1, 3)", "INSERT INTO t VALUES (4, 30, 'new', 'd')");
      both.prod.execute(
          "UPDATE t SET w = 'prod' WHERE id IN (1, 3)", "INSERT INTO t VALUES (5, 11, 'own', 'p')");

      assertThat(both.push().status()).isEqualTo(Status.APPLIED);

      assertThat(both.prod.rows("SELECT * FROM t ORDER BY id"))
          .containsExactly(
              "1|10|dev|prod", "2|10|b|b", "3|30|dev|prod", "4|30|new|d", "5|11|own|p");
      assertThat(both.prod.rows(kind.high)).containsExactly("3|30|dev|prod", "4|30|new|d");

      assertThat(both.pull().status()).isEqualTo(Status.APPLIED);
      assertThat(both.dev.table("t")).isEqualTo(both.prod.table("t"));

      // The partition is part of the key: a row that goes to another is a new one, and the old
      // goes.
      both.dev.execute("UPDATE t SET p = 30 WHERE id = 2", "UPDATE t SET p = 10 WHERE id = 3");
      List<String> before = both.prod.table("t");
      both.replacing();
      assertThat(both.push().status()).isEqualTo(Status.APPLIED);
      assertThat(both.prod.table("t")).isEqualTo(both.dev.table("t"));
      assertThat(both.prod.rows(kind.high)).containsExactly("2|30|b|b", "4|30|new|d");

      both.rollBack("prod");
      assertThat(both.prod.table("t")).isEqualTo(before);
    }
  }

  @Test
  void aReferenceToAPartitionedTable() {
    try (Both both = open(Kind.RANGE, "t, c")) {
      for (TestDatabase database : List.of(both.dev, both.prod)) {
        database.execute(
            "CREATE TABLE c (id int PRIMARY KEY, t int, p int, FOREIGN KEY (t, p) REFERENCES t)");
      }
      both.dev.execute("INSERT INTO t VALUES (7, 30, 'x', 'y')", "INSERT INTO c VALUES (1, 7, 30)");
      both.prod.execute("INSERT INTO c VALUES (2, 3, 30)");

      both.push();
      assertThat(both.prod.rows("SELECT * FROM c ORDER BY id")).containsExactly("1|7|30", "2|3|30");

      both.dev.execute("DELETE FROM t WHERE id = 3");
      both.replacing().push();
      assertThat(both.prod.table("t")).isEqualTo(both.dev.table("t"));
      assertThat(both.prod.table("c")).isEqualTo(both.dev.table("c"));
    }
  }

  @Test
  void aPartitionAloneIsNoTableOfASet() {
    try (Both both = open(Kind.RANGE, "t_high")) {
      SyncException refused =
          catchThrowableOfType(SyncException.class, () -> both.exportProd(Progress.SILENT));

      assertThat(refused.what()).contains("tables: t_high is a partition of public.t");
      assertThat(refused.hint()).contains("Name the whole table");
    }
  }
}
