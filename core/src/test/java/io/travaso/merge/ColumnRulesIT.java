package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.table.ColumnRule;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns whose values belong to an environment. */
class ColumnRulesIT {
  private static final ColumnRule PATHS =
      new ColumnRule.Rewrite(Map.of("source", "/mnt/archivio", "target", "/srv/archivio"));

  private static List<String> rows(Pair pair, String table) {
    return pair.target.rows("SELECT * FROM " + table + " ORDER BY id");
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29c", as = Outcome.EXACT)
  void theBeginningOfATextIsRewritten(Engine engine) {
    try (Pair pair =
        Pair.of(engine, "CREATE TABLE doc (id int PRIMARY KEY, path varchar(40), v text)")) {
      pair.column("doc", "path", PATHS);
      pair.source(
          "INSERT INTO doc VALUES (1, '/mnt/archivio/a.pdf', 'x'), (2, '/mnt/archivio', 'x'),"
              + " (3, '/mnt/archivio2/a.pdf', 'x'), (4, NULL, 'x'), (5, 'see /mnt/archivio/b', 'x'), (6, '', 'x')");
      pair.target("INSERT INTO doc VALUES (1, '/srv/archivio/a.pdf', 'x')");

      pair.merges("doc +5 ~0 -0 =1 *0");

      assertThat(rows(pair, "doc"))
          .containsExactly(
              "1|/srv/archivio/a.pdf|x",
              "2|/srv/archivio|x",
              "3|/mnt/archivio2/a.pdf|x",
              "4|\\N|x",
              "5|see /mnt/archivio/b|x",
              "6||x");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTextThatBecomesTooLongIsToldWithThePlan(Engine engine) {
    try (Pair pair = Pair.of(engine, "CREATE TABLE doc (id int PRIMARY KEY, path varchar(20))")) {
      pair.column(
          "doc",
          "path",
          new ColumnRule.Rewrite(Map.of("source", "/mnt", "target", "/srv/archivio")));
      pair.source("INSERT INTO doc VALUES (1, '/mnt/short'), (2, '/mnt/somewhat/longer')");

      SyncException refusal = pair.refuses(() -> pair.plan(MergePolicy.UPSERT));

      assertThat(refusal.details())
          .containsExactly(
              "public.doc 2: path is too long for its column when its beginning is rewritten");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29c", as = Outcome.EXACT)
  void theTargetKeepsItsValue(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY, state text, token varchar(20) NOT NULL, v text)")) {
      pair.column("t", "state", new ColumnRule.KeepTarget(null))
          .column("t", "token", new ColumnRule.KeepTarget("it's new"));
      pair.source(
          "INSERT INTO t VALUES (1, 'dev', 'secret', 'new'), (2, 'dev', 'secret', 'same'), (3, 'dev', 'secret', 'x')");
      pair.target("INSERT INTO t VALUES (1, 'prod', 'p1', 'old'), (2, 'prod', 'p2', 'same')");

      pair.merges("t +1 ~1 -0 =1 *0");

      assertThat(rows(pair, "t"))
          .containsExactly("1|prod|p1|new", "2|prod|p2|same", "3|dev|it's new|x");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29c", as = Outcome.EXACT)
  void anIgnoredColumnStaysAsItIs(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id int PRIMARY KEY, seen date DEFAULT '2024-01-01', v text)")) {
      pair.column("t", "seen", new ColumnRule.Ignore());
      pair.source("INSERT INTO t VALUES (1, '2025-05-05', 'new'), (2, '2025-05-05', 'x')");
      pair.target("INSERT INTO t VALUES (1, NULL, 'old')");

      pair.merges("t +1 ~1 -0 =0 *0");

      assertThat(rows(pair, "t")).containsExactly("1|\\N|new", "2|2024-01-01|x");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Holds(value = "P29c", as = Outcome.REFUSED)
  void rulesThatCantHoldAreFound(Engine engine) {
    try (Pair pair =
        Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL, v text)")) {
      pair.column("t", "id", new ColumnRule.Ignore())
          .column("t", "n", PATHS)
          .column("t", "kolumn", new ColumnRule.Ignore())
          .column("nowhere", "x", new ColumnRule.Ignore());
      assertThat(pair.resolve(Pair.catalog(pair.to())).findings())
          .extracting(Finding::what)
          .anyMatch(w -> w.contains("recognised by public.t.id"))
          .anyMatch(w -> w.contains("is no text whose beginning"))
          .anyMatch(w -> w.contains("has no column kolumn"))
          .anyMatch(w -> w.contains("no table \"nowhere\""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noIgnoredReferenceIsEmptiedByAFullReplace(Engine engine) {
    for (ColumnRule rule :
        new ColumnRule[] {new ColumnRule.Ignore(), new ColumnRule.KeepTarget(null)}) {
      try (Pair pair =
          Pair.of(
              engine,
              "CREATE TABLE p (id int PRIMARY KEY)",
              "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES p (id) ON DELETE SET NULL)")) {
        pair.column("t", "p", rule);
        pair.source("INSERT INTO t VALUES (1, NULL)");
        pair.target("INSERT INTO p VALUES (7)", "INSERT INTO t VALUES (1, 7)");

        SyncException refusal = pair.refusesReplace();

        assertThat(refusal.details())
            .containsExactly("public.t 1 references a row of public.p that would be deleted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGivenKeyIsTheTargetsOwn(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE users (id int PRIMARY KEY, name varchar(20) NOT NULL UNIQUE)",
            "CREATE TABLE t (id int PRIMARY KEY, u int REFERENCES users (id), v text)")) {
      pair.reference("users", "name").column("t", "u", new ColumnRule.KeepTarget("5"));
      pair.source(
          "INSERT INTO users VALUES (1, 'anna')", "INSERT INTO t (id, u) VALUES (1, 1), (2, 1)");
      pair.target(
          "INSERT INTO users VALUES (5, 'nobody'), (6, 'bo')",
          "INSERT INTO t (id, u) VALUES (1, 6)");

      pair.merges("t +1 ~0 -0 =1 *0");

      assertThat(rows(pair, "t")).containsExactly("1|6|\\N", "2|5|\\N");
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfAReferenceIsRefused(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL, UNIQUE (app_label, model))",
            "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))",
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b),"
                + " content_type_id int REFERENCES django_content_type (id), object_id int)")) {
      pair.exclude("django_content_type")
          .column("t", "a", new ColumnRule.KeepTarget(null))
          .column("t", "object_id", new ColumnRule.KeepTarget("1"));
      assertThat(pair.resolve(Pair.catalog(pair.to())).findings())
          .extracting(Finding::what)
          .anyMatch(w -> w.contains("a, b reference a row together"))
          .anyMatch(w -> w.contains("content_type_id, object_id reference a row together"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGivenKeyIsNoNewRows(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE r (id "
                + (engine == Engine.MARIADB ? "int AUTO_INCREMENT" : "serial")
                + " PRIMARY KEY, code varchar(20) NOT NULL UNIQUE)",
            "CREATE TABLE f (id int PRIMARY KEY, r int REFERENCES r (id))")) {
      pair.match("r", "code").only("f").column("f", "r", new ColumnRule.KeepTarget("1"));
      pair.source("INSERT INTO r VALUES (1, 'a')", "INSERT INTO f VALUES (1, NULL)");

      assertThat(pair.refuses(() -> pair.plan(MergePolicy.UPSERT)).details())
          .singleElement()
          .asString()
          .contains("public.f 1", "is not in the target");
    }
  }
}
