package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.database.BeforeParts.Part;
import io.travaso.database.Database;
import io.travaso.ledger.Ledger;
import io.travaso.table.Catalog;
import io.travaso.table.ColumnRule;
import io.travaso.table.TableSet;
import io.travaso.testing.Contents;
import io.travaso.testing.Engine;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Undoing a merge: just the rows it wrote, to the byte, and nothing that was done since. */
class UndoIT {

  /** A merge that was staged to undo another. */
  record Planned(Merger merger, MergePlan plan, List<Conflict> conflicts, String of, Ledger ledger)
      implements AutoCloseable {

    static Planned of(Pair pair, String run) {
      Database database = pair.to();
      Catalog catalog = Pair.catalog(database);
      Ledger ledger = new Ledger(database);
      List<Part> parts = ledger.before(run);
      TableSet set = Undo.set(catalog, parts, new TableSet(List.of()));
      Merger merger = Merger.open(database, catalog, set, MergePolicy.FULL_REPLACE, "");
      List<Conflict> conflicts = merger.undo().stage(parts);
      try {
        return new Planned(merger, merger.plan(), conflicts, run, ledger);
      } catch (SyncException e) {
        merger.close();
        e.details().forEach(detail -> e.addSuppressed(new AssertionError(detail)));
        throw e;
      }
    }

    MergeResult apply() {
      return merger.apply(
          plan,
          new Pair.Unrecorded() {
            @Override
            public void write(Handle transaction, MergeResult result) {
              ledger.undone(transaction, of);
            }
          });
    }

    List<String> told() {
      return conflicts.stream()
          .map(c -> c.label() + " " + c.key() + " " + c.kind() + " " + c.target())
          .toList();
    }

    @Override
    public void close() {
      merger.close();
    }
  }

  static void merge(Pair pair, String run, MergePolicy policy) {
    try (Pair.Planned planned = pair.plan(policy)) {
      assertThat(planned.apply(InLedger.of(pair.to(), run)).undoable()).isTrue();
    }
  }

  private static List<String> all(Pair pair) {
    return pair.target.tables().stream().flatMap(t -> pair.target.table(t).stream()).toList();
  }

  /** Merges, undoes it, and expects all to be as before. */
  static void comesBack(Pair pair, String run, MergePolicy policy) {
    List<String> before = all(pair);
    merge(pair, run, policy);
    assertThat(all(pair)).isNotEqualTo(before);
    try (Planned undo = Planned.of(pair, run)) {
      assertThat(undo.told()).isEmpty();
      undo.apply();
    }
    assertThat(all(pair)).isEqualTo(before);
    assertThat(new Ledger(pair.to()).before(run)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasCreatedUpdatedAndDeleted(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), w varchar(40) NOT NULL)")) {
      pair.source("INSERT INTO t VALUES (1, 'new', ''), (2, NULL, 'a,\"}b\\\\'), (3, 'same', 'x')");
      pair.target("INSERT INTO t VALUES (2, '', ' b '), (3, 'same', 'x'), (4, 'NULL', 'goes')");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
      comesBack(pair, "r2", MergePolicy.UPSERT);
    }
  }

  @Test
  void everyTypeOfPostgres() {
    try (Pair pair =
        Pair.of(
            """
            CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); CREATE DOMAIN code AS char(5) CHECK (VALUE <> 'x');
            CREATE TYPE pt AS (a int, b text, c char(3));
            CREATE TABLE kinds (id bigint PRIMARY KEY, t text, b bytea, f real, d float8, n numeric, n2 numeric(10,2), ts timestamptz,
              tm time(3), iv interval, j json, jb jsonb, a text[], a2 int[][], c char(5), co code, m mood, p pt, pa pt[], r int4range, mr tstzrange,
              x xml, u uuid, i inet, ci cidr, mo money, bi bit(5), vb bit varying(7), bo boolean, q "char", bp bpchar, na name,
              v varchar(3), po point, tsv tsvector, l oid, dt date, cc char(5)[], tz timetz,
              twice bigint GENERATED ALWAYS AS (id * 2) STORED)\
            """)) {
      pair.source("INSERT INTO kinds (id, t) SELECT g, 'other' FROM generate_series(1, 6, 2) AS g");
      pair.target(
          """
          INSERT INTO kinds (id, t, b, f, d, n, n2, ts, tm, iv, j, jb, a, a2, c, co, m, p, pa, r, mr, x, u, i, ci, mo, bi, vb, bo, q, bp, na, v, po, tsv, l, dt, cc, tz)
          SELECT g, E'\\\\N\\t\\n\\r\\b\\f\\v€''"', '\\x00ff5c', 16777217, 0.1::float8 + 0.2::float8, '1.10', 1.1,
            '294276-12-31 23:59:59.999999+00', '23:59:59.999', '1 mon -1 day 00:00:00.000001', '{"a":  1, "a": 2}', '{"a": 1e400}',
            ARRAY['x,y', NULL, 'NULL', '', '"', '\\'], '[0:1][2:3]={{1,2},{3,NULL}}', 'ab ', 'a', 'it''s ok', '(1,"a ""b"" ",x)',
            ARRAY['(1,,)']::pt[], '[1,5)', '[2020-01-01 00:00:00+00,infinity)', '<a>&lt;</a> text', '0e068d30-e595-11f1-bf2b-02fc00000001',
            '1.2.3.4/24', '10.0.0.0/8', '-12.34', B'10101', B'', g % 2 = 0, 'x', 'q  ', 'a name', 'é', '(1e300,-0)', $$'a b':1A c$$, 4294967295, '4714-11-24 BC', ARRAY['a ', NULL], '23:59:59+15:59'
            FROM generate_series(1, 4) AS g\
          """,
          """
          INSERT INTO kinds (id, t, b, f, d, n, n2, ts, tm, iv, j, jb, a, a2, c, co, m, p, pa, r, mr, x, u, i, ci, mo, bi, vb, bo, q, bp, na, v, po, tsv, l, dt, cc, tz)
          SELECT 5, repeat('€', 300000), '', 'NaN', '-0', 'NaN', 0, '-infinity', '24:00', '-178000000 years', 'null', NULL, '{}', '{}', '', '', NULL, NULL, '{}', 'empty', NULL,
            '', NULL, '::1', '::/0', 0, B'00000', NULL, NULL, '', '', '', '', NULL, '', 0, 'infinity', '{}', '00:00-15:59'\
          """);

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @Test
  void everyTypeOfMariaDb() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            """
            CREATE TABLE kinds (id bigint unsigned PRIMARY KEY, b1 bit(1), b20 bit(20), b64 bit(64), d double, f float, n decimal(65,30),
              bin binary(4), vb varbinary(20), bl longblob, g geometry, p point, e enum('', 'a', 'ü'), s set('x', 'y'),
              ti time(6), dt datetime(6), d0 datetime, ts timestamp(6) NULL, da date, y year, j json, u uuid, i6 inet6,
              z int zerofill, l text CHARACTER SET latin1, sj varchar(20) CHARACTER SET sjis, u16 varchar(9) CHARACTER SET utf16, c char(5),
              lt longtext, t1 tinyint(1), eb enum('a') CHARACTER SET binary, big bigint unsigned, neg bigint,
              twice int AS (t1 * 2) STORED, hidden int INVISIBLE DEFAULT 5)\
            """)) {
      pair.source(
          "INSERT INTO kinds (id, l) VALUES (1, 'other'), (3, 'other'), (5, 'other'),"
              + " (18446744073709551615, 'x')");
      pair.target(
          """
          INSERT INTO kinds (id, b1, b20, b64, d, f, n, bin, vb, bl, g, p, e, s, ti, dt, d0, ts, da, y, j, u, i6, z, l, sj, u16, c, lt, t1, eb, big, neg, hidden)
          VALUES (18446744073709551615, b'1', b'10100000000000000001', 18446744073709551615, 0.1e0 + 0.2e0, 16777217, -1.10,
            'ab', '', '\\0''\\\\x\\n', ST_GeomFromText('POINT(1 2)', 4326), ST_GeomFromText('POINT(-0.5 1e300)'), 'ü', 'x,y',
            '-838:59:59.5', '0000-00-00', '2020-01-01', '2020-01-01 00:00:00.5', '2020-02-29', 2020, '{"a":  "\\\\n", "a": 1}',
            '0e068d30-e595-11f1-bf2b-02fc00000001', '::1', 5, 'è', '表', '表', 'ab ', '\\0\\t\\r\\n\\b\\Z😀\\\\N', 127, 'a', 18446744073709551615, -9223372036854775808, 7)\
          """,
          "INSERT INTO kinds (id, lt, d, f) VALUES (1, '\\\\N', -0e0, 1.1), (2, '', 5e-324,"
              + " 3.4e38), (3, REPEAT('€', 300000), NULL, -0e0)",
          "INSERT INTO kinds (id, l) VALUES (6, _latin1 x'80818D8F909DFF')",
          """
          SET sql_mode = ''; INSERT INTO kinds (id, da, dt, ts, y, e, t1, d0) VALUES
            (4, '2020-00-00', '2020-02-00', 0, 0, '', -128, 0), (5, '0000-00-00', '9999-12-31 23:59:59.999999', NULL, 2155, NULL, 0, NULL)\
          """);

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangedAgainStays(Engine engine) {
    try (Pair pair =
        Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), w varchar(40))")) {
      pair.source(
          "INSERT INTO t VALUES (1, 'c', 'x'), (2, 'c', 'x'), (3, 'u', 'x'), (4, 'u', 'x'), (5,"
              + " 'u', 'x'), (8, 'c', 'x')");
      pair.target(
          "INSERT INTO t VALUES (3, 'o', 'x'), (4, 'o', 'x'), (5, 'o', 'x'), (6, 'd', 'x'), (7,"
              + " 'd', 'x')");
      merge(pair, "r1", MergePolicy.FULL_REPLACE);
      pair.target(
          "UPDATE t SET w = 'prod' WHERE id IN (1, 3)",
          "DELETE FROM t WHERE id IN (4, 8)",
          "INSERT INTO t VALUES (6, 'again', 'x'), (9, 'new', 'x')");

      try (Planned undo = Planned.of(pair, "r1")) {
        assertThat(undo.told())
            .containsExactly(
                "public.t 1 CHANGED_ON_BOTH null",
                "public.t 3 CHANGED_ON_BOTH null",
                "public.t 4 DELETED_IN_TARGET null",
                "public.t 6 NEW_ON_BOTH null");
        assertThat(Pair.counts(undo.plan())).containsExactly("t +1 ~1 -1 =0 *4");
        undo.apply();
      }
      assertThat(pair.records("t"))
          .containsExactly(
              "(1,c,prod)", "(3,u,prod)", "(5,o,x)", "(6,again,x)", "(7,d,x)", "(9,new,x)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAsBeforeAlreadyIsNoConflict(Engine engine) {
    try (Pair pair =
        Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), w varchar(40))")) {
      pair.source("INSERT INTO t VALUES (1, 'c', 'x'), (2, 'u', 'x'), (3, 'u', 'x')");
      pair.target("INSERT INTO t VALUES (2, 'o', 'x'), (3, 'o', 'x'), (4, 'd', NULL)");
      merge(pair, "r1", MergePolicy.FULL_REPLACE);
      pair.target(
          "DELETE FROM t WHERE id = 1",
          "UPDATE t SET v = 'o' WHERE id = 2",
          "INSERT INTO t VALUES (4, 'd', NULL)");

      try (Planned undo = Planned.of(pair, "r1")) {
        assertThat(undo.told()).isEmpty();
        undo.apply();
      }
      assertThat(pair.records("t")).containsExactly("(2,o,x)", "(3,o,x)", "(4,d,)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersDependOnStays(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (id int PRIMARY KEY, boss int, FOREIGN KEY (boss) REFERENCES p (id))",
            "CREATE TABLE c (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id))",
            "CREATE TABLE log (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id) ON"
                + " DELETE CASCADE)")) {
      pair.exclude("log");
      pair.source(
          "INSERT INTO p VALUES (1, NULL), (2, 1), (3, 2), (4, NULL), (5, NULL)",
          "INSERT INTO c VALUES (10, 4), (11, 5)");
      pair.target(
          "INSERT INTO p VALUES (7, NULL), (8, 7), (9, NULL)",
          "INSERT INTO c VALUES (12, 8), (13, 9)");
      merge(pair, "r1", MergePolicy.FULL_REPLACE);
      pair.target(
          "INSERT INTO log VALUES (1, 3)",
          "INSERT INTO c VALUES (20, 4)",
          "INSERT INTO p VALUES (7, 5)");

      try (Planned undo = Planned.of(pair, "r1")) {
        assertThat(undo.told())
            .containsExactlyInAnyOrder(
                "public.p 1 CHANGED_ON_BOTH public.p 2",
                "public.p 2 CHANGED_ON_BOTH public.p 3",
                "public.p 3 CHANGED_ON_BOTH public.log 1",
                "public.p 4 CHANGED_ON_BOTH public.c 20",
                "public.p 5 CHANGED_ON_BOTH public.p 7",
                "public.p 7 NEW_ON_BOTH null");
        undo.apply();
      }
      assertThat(pair.records("p"))
          .containsExactly("(1,)", "(2,1)", "(3,2)", "(4,)", "(5,)", "(7,5)", "(8,7)", "(9,)");
      assertThat(pair.records("c")).containsExactly("(12,8)", "(13,9)", "(20,4)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void planWritesNothing(Engine engine) {
    try (Pair pair = Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))")) {
      pair.source("INSERT INTO t VALUES (1, 'c'), (2, 'u')");
      pair.target("INSERT INTO t VALUES (2, 'o')");
      merge(pair, "r1", MergePolicy.UPSERT);
      List<String> before = Contents.of(pair.target);

      Planned.of(pair, "r1").close();

      assertThat(Contents.of(pair.target)).isEqualTo(before);
    }
  }

  private static String numbered(Engine engine) {
    return engine == Engine.POSTGRESQL
        ? "int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
        : "int AUTO_INCREMENT PRIMARY KEY";
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfWhichEachSideHasIdsOfItsOwn(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE p (id "
                + numbered(engine)
                + ", code varchar(20) NOT NULL UNIQUE, v varchar(20))",
            "CREATE TABLE c (id int PRIMARY KEY, p int NOT NULL, FOREIGN KEY (p) REFERENCES p"
                + " (id))")) {
      pair.match("p", "code").only("c");
      pair.source(
          "INSERT INTO p (id, code, v) VALUES (1, 'new', 'x'), (2, 'same', 'y')",
          "INSERT INTO c VALUES (1, 1), (2, 2)");
      pair.target(
          "INSERT INTO p (id, code, v) VALUES (100, 'same', 'other'), (101, 'goes', 'z'), (1, 'goes"
              + " too', 'z')",
          "INSERT INTO c VALUES (2, 101), (3, 1)");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesThatChangedPlaces(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(20) NOT NULL UNIQUE, n int)")) {
      pair.source("INSERT INTO t VALUES (1, 'b', 1), (2, 'a', 1), (3, 'c', 1), (9, 'd', 1)");
      pair.target("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 1), (3, 'd', 1), (4, 'c', 1)");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void circlesAndChildrenThatGoWithTheirParents(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE a (id int PRIMARY KEY, b int, self int, FOREIGN KEY (self) REFERENCES a"
                + " (id) ON DELETE CASCADE)",
            "CREATE TABLE b (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES a (id) ON DELETE"
                + " CASCADE)",
            "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) ON DELETE SET NULL")) {
      pair.source(
          "INSERT INTO a VALUES (1, NULL, NULL), (2, NULL, 1); INSERT INTO b VALUES (1, 2)",
          "UPDATE a SET b = 1 WHERE id = 1");
      pair.target(
          "INSERT INTO a VALUES (2, NULL, 2), (3, NULL, 2), (4, NULL, 3); INSERT INTO b VALUES (2,"
              + " 3)",
          "UPDATE a SET b = 2");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @Test
  void columnsThatTriggersKeep() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(20), changed timestamp DEFAULT"
                + " clock_timestamp())",
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed ="
                + " clock_timestamp(); RETURN NEW; END'",
            "CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION"
                + " touch()")) {
      pair.column("t", "changed", new ColumnRule.Ignore());
      pair.source("INSERT INTO t VALUES (1, 'new'), (2, 'u')");
      pair.target("INSERT INTO t VALUES (2, 'o'), (3, 'd')");
      merge(pair, "r1", MergePolicy.FULL_REPLACE);

      try (Planned undo = Planned.of(pair, "r1")) {
        assertThat(undo.told()).isEmpty();
        undo.apply();
      }

      assertThat(pair.target.rows("SELECT id, v FROM t ORDER BY id")).containsExactly("2|o", "3|d");
    }
  }

  @Test
  void keysThatTheDatabaseAlwaysGives() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v varchar(20))",
            "CREATE TABLE p (k int, v text, PRIMARY KEY (k)) PARTITION BY RANGE (k)",
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
            "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)")) {
      pair.source(
          "INSERT INTO t (v) VALUES ('a'), ('b')", "INSERT INTO p VALUES (1, 'new'), (11, 'u')");
      pair.target(
          "INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (2, 'o'), (7, 'd')",
          "INSERT INTO p VALUES (11, 'o'), (2, 'd')");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @Test
  void keysThatOnlyChangeTheirCase() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB,
            "CREATE TABLE t (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v int)")) {
      pair.source("INSERT INTO t VALUES ('abc', 1), ('E', 2), ('NEW', 2)");
      pair.target("INSERT INTO t VALUES ('ABC', 1), ('é', 1)");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsWithoutAPrimaryKey(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (a int NOT NULL, b int NOT NULL, v varchar(9), UNIQUE (a, b))")) {
      pair.match("t", "a", "b");
      pair.source("INSERT INTO t VALUES (1, 1, 'new'), (1, 2, 'u')");
      pair.target("INSERT INTO t VALUES (1, 2, 'o'), (2, 2, 'd')");

      comesBack(pair, "r1", MergePolicy.FULL_REPLACE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBetweenPlanAndUndoIsNotLost(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
            "CREATE TABLE log (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id) ON"
                + " DELETE CASCADE)")) {
      pair.only("t");
      pair.source("INSERT INTO t VALUES (1, 'c'), (2, 'u')");
      pair.target("INSERT INTO t VALUES (2, 'o')");
      merge(pair, "r1", MergePolicy.UPSERT);

      try (Planned undo = Planned.of(pair, "r1")) {
        pair.target("UPDATE t SET v = 'meanwhile' WHERE id = 2");
        assertThat(pair.refuses(undo::apply).what()).contains("changed since the plan");
      }
      pair.target("UPDATE t SET v = 'u' WHERE id = 2");
      try (Planned undo = Planned.of(pair, "r1")) {
        pair.target("INSERT INTO log VALUES (70, 1)");
        assertThat(pair.refuses(undo::apply).details()).hasSize(1);
      }
      assertThat(new Ledger(pair.to()).before("r1")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLatestTenRunsStay(Engine engine) {
    try (Pair pair = Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))")) {
      Ledger ledger = new Ledger(pair.to());
      for (int i = 10; i < 22; i++) {
        pair.source("DELETE FROM t", "INSERT INTO t VALUES (1, 'run " + i + "')");
        merge(pair, "r" + i, MergePolicy.UPSERT);
      }

      ledger.forgetBefore();

      assertThat(ledger.before("r11")).isEmpty();
      assertThat(ledger.before("r12")).hasSize(1);
      assertThat(ledger.before("r21")).hasSize(1);
      String table = pair.to().dialect().ledger().beforeTable();
      assertThat(pair.value("SELECT COUNT(*) FROM " + table)).isEqualTo("20");
    }
  }

  @Test
  void whatNoTextCanHoldIsNotKeptAndMergedAllTheSame() {
    try (Pair pair = Pair.of(Engine.MARIADB, "CREATE TABLE t (id int PRIMARY KEY, v longblob)")) {
      pair.source("INSERT INTO t VALUES (1, 'u')");
      pair.target("INSERT INTO t VALUES (1, REPEAT('x', @@max_allowed_packet * 0.48))");
      try (Pair.Planned planned = pair.plan(MergePolicy.UPSERT)) {
        assertThat(planned.apply(InLedger.of(pair.to(), "r1")).undoable()).isFalse();
      }
      assertThat(pair.records("t")).containsExactly("(1,u)");
      assertThat(new Ledger(pair.to()).before("r1")).isEmpty();
    }
  }
}
