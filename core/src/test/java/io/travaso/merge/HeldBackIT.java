package io.travaso.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.database.RowSink;
import io.travaso.filter.Choice;
import io.travaso.filter.Choice.Circumstances;
import io.travaso.filter.Doubt;
import io.travaso.filter.Filter;
import io.travaso.filter.Filtering;
import io.travaso.filter.Why;
import io.travaso.merge.Pair.Planned;
import io.travaso.table.ColumnRule;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows that both sides have alike are not staged, and where anything speaks against it all are.
 * That nobody can tell the difference is asserted wherever {@link Pair#merges} and {@link
 * Pair#replaces} are.
 */
class HeldBackIT {
  private static final TableId T = new TableId("public", "t");

  @ParameterizedTest
  @EnumSource
  void onlyWhatDiffersIsStaged(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE a (id int PRIMARY KEY, v varchar(40))",
            "CREATE TABLE t (k varchar(40), n int, v varchar(40), at timestamp(6) NULL,"
                + " w decimal(6,2), PRIMARY KEY (k, n))")) {
      String at = ", '2024-01-01 10:00:00.5', 1.50)";
      pair.both("INSERT INTO a VALUES (1, 'same'), (20, 'same')");
      pair.source(
          "INSERT INTO a VALUES (-3, 'created'), (3, 'created')",
          "INSERT INTO t VALUES ('a', -1, 'same'" + at,
          "INSERT INTO t VALUES ('a', 2, 'new'" + at,
          "INSERT INTO t VALUES ('a', 10, 'a\tb\\\\'" + at,
          "INSERT INTO t VALUES ('é', 1, NULL" + at);
      pair.target(
          "INSERT INTO a VALUES (4, 'own')",
          "INSERT INTO t VALUES ('', 0, 'own'" + at,
          "INSERT INTO t VALUES ('a', -1, 'same'" + at,
          "INSERT INTO t VALUES ('a', 2, 'old'" + at,
          "INSERT INTO t VALUES ('a', 10, 'a\tb\\\\'" + at,
          "INSERT INTO t VALUES ('ab', 1, 'own'" + at,
          "INSERT INTO t VALUES ('é', 1, NULL" + at,
          "INSERT INTO t VALUES ('z', 1, 'own'" + at);

      try (Planned planned = pair.planFiltered(MergePolicy.UPSERT)) {
        assertThat(Pair.counts(planned.plan()))
            .containsExactly("a +2 ~0 -0 =2 *1", "t +0 ~1 -0 =3 *3");
        assertThat(staged(planned, new TableId("public", "a"))).isEqualTo(2);
        assertThat(staged(planned, T)).isEqualTo(1);
      }
      pair.merges("a +2 ~0 -0 =2 *1", "t +0 ~1 -0 =3 *3");
      pair.replaces("a +0 ~0 -1 =4 *0", "t +0 ~0 -3 =4 *0");
    }
  }

  private static long staged(Planned planned, TableId table) {
    return planned.merger().staging().rows(planned.merger().set().find(table).orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void keysThatADatabaseTakesForEqualAreItsBusiness(Engine engine) {
    String key =
        engine == Engine.MARIADB
            ? "varchar(40) COLLATE utf8mb4_general_ci"
            : "varchar(40) COLLATE blind";
    try (Pair pair =
        Pair.of(
            engine,
            engine == Engine.MARIADB
                ? "SELECT 1"
                : "CREATE COLLATION blind"
                    + " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            "CREATE TABLE t (k " + key + " PRIMARY KEY, v int)")) {
      pair.source("INSERT INTO t VALUES ('A', 1), ('b', 1), ('C', 1), ('d', 1)");
      pair.target("INSERT INTO t VALUES ('a', 1), ('B', 1), ('C', 1), ('e', 1)");

      pair.merges("t +1 ~2 -0 =1 *1").replaces("t +0 ~0 -1 =4 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsInAnotherOrderAreNotHeldBack(Engine engine) throws IOException {
    try (Pair pair = numbers(engine)) {
      pair.both("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT);
          Filter filter = Filtering.before(planned.merger(), pair.to())) {
        RowSink rows = filter.begin(table(planned));
        give(rows, "1\ta");
        give(rows, "3\tc");

        assertThatThrownBy(() -> give(rows, "2\tb"))
            .isInstanceOf(Doubt.class)
            .hasMessage("public.t: its records are in an order of the source's own");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRecordThatStandsTwiceIsNotHeldBack(Engine engine) throws IOException {
    try (Pair pair = numbers(engine)) {
      pair.both("INSERT INTO t VALUES (1, 'a')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT);
          Filter filter = Filtering.before(planned.merger(), pair.to())) {
        RowSink rows = filter.begin(table(planned));
        give(rows, "1\ta");

        assertThatThrownBy(() -> give(rows, "1\ta")).isInstanceOf(Doubt.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsThatDoNotStandTogetherAreNotHeldBack(Engine engine) throws IOException {
    try (Pair pair = numbers(engine);
        Planned planned = pair.plan(MergePolicy.UPSERT);
        Filter filter = Filtering.before(planned.merger(), pair.to())) {
      filter.begin(table(planned));
      filter.end();

      assertThatThrownBy(() -> filter.begin(table(planned)))
          .isInstanceOf(Doubt.class)
          .hasMessage("public.t: its records do not stand together");
    }
  }

  @Test
  void targetRowsInAnOrderOfTheDatabasesOwn() throws IOException {
    try (Pair pair = Pair.of("CREATE TABLE t (k date PRIMARY KEY, v int)")) {
      pair.both("INSERT INTO t VALUES ('0044-03-15 BC', 1), ('0043-03-15 BC', 1)");
      try (Planned planned = pair.plan(MergePolicy.UPSERT);
          Filter filter = Filtering.before(planned.merger(), pair.to())) {
        assertThatThrownBy(() -> filter.begin(table(planned)))
            .isInstanceOf(Doubt.class)
            .hasMessage("public.t: the target's keys are in an order of the database's own");
      }
      pair.merges("t +0 ~0 -0 =2 *0");
    }
  }

  @Test
  void targetRowsThatNoExportWouldCarry() throws IOException {
    try (Pair pair =
        Pair.of(Engine.MARIADB, "CREATE TABLE t (id int PRIMARY KEY, v enum('a', 'b') NOT NULL)")) {
      pair.target("SET sql_mode = ''; INSERT INTO t VALUES (1, 'neither')");
      try (Planned planned = pair.plan(MergePolicy.UPSERT);
          Filter filter = Filtering.before(planned.merger(), pair.to())) {
        assertThatThrownBy(() -> filter.begin(table(planned)))
            .isInstanceOf(Doubt.class)
            .hasMessage("public.t: the target's rows can't be read");
      }
      pair.source("INSERT INTO t VALUES (1, 'a')");
      pair.merges("t +0 ~1 -0 =0 *0");
    }
  }

  @Test
  void aTargetOfManyTimesTheRecords() throws IOException {
    try (Pair pair = numbers(Engine.POSTGRESQL)) {
      pair.target("INSERT INTO t SELECT i, 'own' FROM generate_series(1, 100010) AS i");
      try (Planned planned = pair.plan(MergePolicy.UPSERT);
          Filter filter = Filtering.before(planned.merger(), pair.to())) {
        RowSink rows = filter.begin(table(planned));
        give(rows, "5\town");

        assertThatThrownBy(filter::end)
            .isInstanceOf(Doubt.class)
            .hasMessage("public.t: the target has many times its rows");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoStopsInTheMiddleLeavesNothingBehind(Engine engine) throws IOException {
    try (Pair pair = numbers(engine)) {
      pair.target("INSERT INTO t VALUES (0, '" + "x".repeat(900) + "')");
      for (int i = 1; i <= 1 << 13; i *= 2) {
        pair.target("INSERT INTO t SELECT id + " + i + ", v FROM t");
      }
      try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
        Filter filter = Filtering.before(planned.merger(), pair.to());
        filter.begin(table(planned));

        filter.close();

        // Nobody reads the table any more, so it can be locked at once.
        pair.target(
            engine == Engine.MARIADB
                ? "SET lock_wait_timeout = 3; ALTER TABLE t ADD COLUMN w int"
                : "SET lock_timeout = '3s'; ALTER TABLE t ADD COLUMN w int");
        assertThat(Thread.getAllStackTraces().keySet())
            .noneMatch(thread -> thread.getName().equals("rows of public.t"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSpeaksAgainstATable(Engine engine) {
    String users = "CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL UNIQUE)";
    String of =
        "CREATE TABLE t (id int PRIMARY KEY, v varchar(40), u int, FOREIGN KEY (u) REFERENCES users"
            + " (id))";
    try (Pair plain = Pair.of(engine, users, of);
        Pair ruled = Pair.of(engine, users, of);
        Pair referring = Pair.of(engine, users, of).reference("users", "name");
        Pair meaning =
            Pair.of(
                engine,
                "CREATE TABLE t (id "
                    + drawn(engine)
                    + " PRIMARY KEY, v varchar(40) UNIQUE NOT NULL)");
        Pair decimal = Pair.of(engine, "CREATE TABLE t (k decimal(6,2) PRIMARY KEY, v int)")) {
      assertThat(why(plain)).isNull();
      assertThat(why(ruled.column("t", "v", new ColumnRule.KeepTarget(null)))).isEqualTo(Why.RULES);
      assertThat(why(referring)).isEqualTo(Why.REFERENCES);
      assertThat(why(meaning.match("t", "v"))).isEqualTo(Why.MEANING);
      assertThat(why(decimal)).isEqualTo(Why.KEY);
    }
  }

  @Test
  void whatSpeaksAgainstAFixture() {
    try (Pair pair = numbers(Engine.POSTGRESQL)) {
      Set<TableId> none = Set.of();
      Map<TableId, Long> many = Map.of(T, 5000L);
      long worthwhile = Choice.WORTHWHILE;
      assertThat(why(pair, new Circumstances(true, true, false, none, false, many, worthwhile)))
          .isNull();
      assertThat(why(pair, new Circumstances(false, true, false, none, false, many, worthwhile)))
          .isEqualTo(Why.NO_MANIFEST);
      assertThat(why(pair, new Circumstances(true, false, false, none, false, many, worthwhile)))
          .isEqualTo(Why.OTHER_ENGINE);
      assertThat(why(pair, new Circumstances(true, true, true, none, false, many, worthwhile)))
          .isEqualTo(Why.BASELINE);
      assertThat(
              why(pair, new Circumstances(true, true, false, Set.of(T), false, many, worthwhile)))
          .isEqualTo(Why.NARROWED);
      assertThat(why(pair, new Circumstances(true, true, false, none, true, many, worthwhile)))
          .isEqualTo(Why.DOUBT);
      assertThat(why(pair, new Circumstances(true, true, false, none, false, Map.of(), worthwhile)))
          .isEqualTo(Why.FEW);
    }
  }

  private static @Nullable Why why(Pair pair) {
    return why(pair, new Circumstances(true, true, false, Set.of(), false, Map.of(), 0));
  }

  private static @Nullable Why why(Pair pair, Circumstances known) {
    try (Planned planned = pair.plan(MergePolicy.UPSERT)) {
      return Choice.of(table(planned), known).why();
    }
  }

  private static String drawn(Engine engine) {
    return engine == Engine.MARIADB ? "int AUTO_INCREMENT" : "serial";
  }

  private static Pair numbers(Engine engine) {
    return Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(1000))");
  }

  private static SyncTable table(Planned planned) {
    return planned.merger().set().find(T).orElseThrow();
  }

  private static void give(RowSink rows, String row) throws IOException {
    byte[] bytes = row.getBytes(UTF_8);
    rows.row(bytes, 0, bytes.length);
  }
}
