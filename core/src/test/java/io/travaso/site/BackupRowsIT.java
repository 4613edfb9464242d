package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Secret;
import io.travaso.backup.DumpTool;
import io.travaso.backup.DumpTools;
import io.travaso.backup.TableDataSink;
import io.travaso.backup.ToolBox;
import io.travaso.database.BulkLoad;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.Merger;
import io.travaso.merge.TablePlan;
import io.travaso.table.Catalog;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import io.travaso.table.WholeTables;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come back out of a backup are the rows that went in, to the bit. */
class BackupRowsIT {
  @TempDir Path folder;

  @Test
  void ofMariaDbAreExact() throws IOException {
    try (TestDatabase database = Engine.MARIADB.shared().newDatabase()) {
      database.execute(
          """
          CREATE TABLE kinds (id bigint unsigned PRIMARY KEY, b1 bit(1), b20 bit(20), b64 bit(64), d double, n decimal(65,30),
            bin binary(4), vb varbinary(20), bl longblob, g geometry, p point, e enum('', 'a', 'ü'), s set('x', 'y'),
            ti time(6), dt datetime(6), d0 datetime, ts timestamp(6) NULL, da date, y year, j json, u uuid, i6 inet6,
            z int zerofill, l text CHARACTER SET latin1, c char(5), lt longtext, t1 tinyint(1),
            eb enum('a') CHARACTER SET binary, twice int AS (t1 * 2) STORED, hidden int INVISIBLE DEFAULT 5)\
          """,
          """
          INSERT INTO kinds (id, b1, b20, b64, d, n, bin, vb, bl, g, p, e, s, ti, dt, d0, ts, da, y, j, u, i6, z, l, c, lt, t1, eb)
          VALUES (18446744073709551615, b'1', b'10100000000000000001', 18446744073709551615, 0.1e0 + 0.2e0, -1.10,
            'ab', '', '\\0''\\\\x\\n', ST_GeomFromText('POINT(1 2)', 4326), ST_GeomFromText('POINT(-0.5 1e300)'), 'ü', 'x,y',
            '-838:59:59.5', '0000-00-00', '2020-01-01', '2020-01-01 00:00:00.5', '2020-02-29', 2020, '{"a":  "\\\\n", "a": 1}',
            '0e068d30-e595-11f1-bf2b-02fc00000001', '::1', 5, 'è', 'ab ', '\\0\\t\\r\\n\\b\\Z😀\\\\N', 127, 'a')\
          """,
          "INSERT INTO kinds (id, lt, d) VALUES (1, '\\\\N', -0e0), (2, '', 5e-324), (3,"
              + " REPEAT('€', 3000000), NULL)",
          """
          SET sql_mode = ''; INSERT INTO kinds (id, da, dt, ts, y, e, t1) VALUES
            (4, '2020-00-00', '2020-02-00', 0, 0, '', -128), (5, '0000-00-00', '9999-12-31 23:59:59.999999', NULL, 2155, NULL, 0)\
          """,
          "CREATE TABLE floats (k varbinary(3), i datetime, f float, g float(9,3), z float"
              + " zerofill, PRIMARY KEY (k, i))",
          """
          INSERT INTO floats SELECT UNHEX(LPAD(HEX(seq), 6, '0')), '2020-01-01' + INTERVAL seq MINUTE,
            (RAND(seq) - 0.5) * POW(10, CAST(seq % 70 AS SIGNED) - 35), (RAND(seq) - 0.5) * 1000, seq * 1.1 FROM seq_1_to_5000\
          """,
          "CREATE TABLE `order``s` (`a.b` int, `c d` varchar(20), PRIMARY KEY (`c d`, `a.b`))",
          "INSERT INTO `order``s` VALUES (1, 'ä'), (1, 'b'), (2, 'B ')");

      assertUnchanged(database, 3);
    }
  }

  @Test
  void ofPostgresAreExact() throws IOException {
    try (TestDatabase database = Engine.POSTGRESQL.shared().newDatabase()) {
      database.execute(
          """
          CREATE TABLE kinds (id bigint PRIMARY KEY, t text, b bytea, f real, d float8, n numeric, ts timestamptz,
            j json, jb jsonb, a text[], twice bigint GENERATED ALWAYS AS (id * 2) STORED)\
          """,
          """
          INSERT INTO kinds VALUES (1, E'\\\\N\\t\\n\\r\\b\\f\\v€', '\\x00ff5c', 16777217, 0.1::float8 + 0.2::float8, '1.10',
              '294276-12-31 23:59:59.999999+00', '{"a":  1, "a": 2}', '{"a": 1e400}', ARRAY['x,y', NULL, 'NULL', '']),
            (2, repeat('€', 3000000), '', 'NaN', '-0', 'NaN', '-infinity', 'null', NULL, '{}')\
          """);

      assertUnchanged(database, 1);
    }
  }

  private void assertUnchanged(TestDatabase database, int tables) throws IOException {
    ConnectionSettings settings =
        new ConnectionSettings(
            database.engine().scheme(),
            database.server().host(),
            database.server().port(),
            database.name(),
            database.user(),
            Map.of(),
            new Secret(database.password()));
    DumpTool tool =
        DumpTools.find(
            settings, ToolBox.here(null), database.server().majorVersion(), Duration.ofSeconds(5));
    Path dump = Files.createFile(folder.resolve("dump"));
    tool.dump(dump);
    try (Database open = Database.open(settings)) {
      Catalog catalog = open.with("Reading the catalog", open.dialect()::readCatalog);
      List<Table> all = List.copyOf(catalog.tables().values());
      TableSet set = WholeTables.of(all, new TableSet(List.of()));
      assertThat(set.tables()).hasSize(tables);
      try (Merger merger = Merger.open(open, catalog, set, MergePolicy.FULL_REPLACE, "")) {
        Set<TableId> ids = new HashSet<>();
        set.tables().forEach(table -> ids.add(table.id()));
        tool.readTables(dump, ids, new Staged(merger, set));

        MergePlan plan = merger.plan();

        assertThat(plan.tables()).allMatch(table -> table.unchanged() > 1);
        assertThat(plan.total(TablePlan::changes)).as(plan.toString()).isZero();
      }
    }
  }

  private static final class Staged implements TableDataSink {
    private final Merger merger;
    private final TableSet set;
    private @Nullable BulkLoad load;

    Staged(Merger merger, TableSet set) {
      this.merger = merger;
      this.set = set;
    }

    @Override
    public void begin(TableId id, List<String> columns) {
      SyncTable table = set.find(id).orElseThrow();
      load =
          merger
              .staging()
              .load(
                  table,
                  columns.stream()
                      .map(c -> table.stagingName(table.table().requiredColumn(c)))
                      .toList());
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
      Objects.requireNonNull(load).row(buffer, offset, length);
    }

    @Override
    public void end() {
      Objects.requireNonNull(load).finish();
    }
  }
}
