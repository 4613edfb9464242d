package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.ClassPlan.Change;
import io.travaso.keys.KeyClass;
import io.travaso.keys.KeyClasses;
import io.travaso.keys.KeySource;
import io.travaso.keys.KeySources;
import io.travaso.testing.Engine;
import io.travaso.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two environments that draw their keys from numbers of their own, also after merges. */
class SplitKeysIT {
  private static Pair pair(Engine engine) {
    return Pair.of(
            engine,
            "CREATE SEQUENCE s",
            "CREATE TABLE t (id bigint DEFAULT nextval("
                + (engine == Engine.MARIADB ? "s" : "'s'")
                + ") PRIMARY KEY, v varchar(20))")
        .both("INSERT INTO t (v) VALUES ('a'), ('b'), ('c')");
  }

  private static KeyClasses classes(Pair pair, Database database, KeyClass numbers) {
    return new KeyClasses(database, pair.resolve(Pair.catalog(database)).set(), numbers, 2);
  }

  private static void split(Pair pair) {
    classes(pair, pair.from(), new KeyClass(1, 2)).apply();
    classes(pair, pair.to(), new KeyClass(2, 2)).apply();
  }

  private static List<KeySource> sources(Pair pair, Database database) {
    return KeySources.of(database, pair.resolve(Pair.catalog(database)).set());
  }

  private static String drawn(Pair pair, boolean source) {
    return String.join(
        ",",
        (source ? pair.source : pair.target)
            .rows("INSERT INTO t (v) VALUES ('x'), ('y') RETURNING id"));
  }

  @ParameterizedTest
  @EnumSource
  void drawFromNumbersOfTheirOwn(Engine engine) {
    try (Pair pair = pair(engine)) {
      assertThat(sources(pair, pair.from()).get(0).meets(sources(pair, pair.to()).get(0))).isTrue();
      split(pair);

      KeySource here = sources(pair, pair.from()).get(0);
      assertThat(here.meets(sources(pair, pair.to()).get(0))).isFalse();
      assertThat(here.increment()).isEqualTo(2);
      if (engine == Engine.POSTGRESQL) {
        assertThat(drawn(pair, true)).isEqualTo("5,7");
        assertThat(drawn(pair, false)).isEqualTo("4,6");
      } else {
        assertThat(drawn(pair, true)).matches("\\d*[13579],\\d*[13579]");
        assertThat(drawn(pair, false)).matches("\\d*[02468],\\d*[02468]");
      }
      assertThat(classes(pair, pair.from(), new KeyClass(1, 2)).plan().isEmpty()).isTrue();
      assertThat(classes(pair, pair.to(), new KeyClass(2, 2)).plan().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void stayWithThemAfterAMergeThatBringsHigherKeys(Engine engine) {
    try (Pair pair = pair(engine)) {
      split(pair);
      pair.source("INSERT INTO t VALUES (100001, 'far'), (100003, 'farther')");
      pair.merge();
      assertThat(drawn(pair, false)).isEqualTo("100006,100008");

      pair.source("INSERT INTO t VALUES (200000, 'of another class')");
      pair.merge();
      assertThat(drawn(pair, false)).isEqualTo("200002,200004");
    }
  }

  @ParameterizedTest
  @EnumSource
  void joinedTheyDrawFromAllNumbersAgain(Engine engine) {
    try (Pair pair = pair(engine)) {
      split(pair);
      pair.target("INSERT INTO t VALUES (100001, 'far')");
      ClassPlan joined = classes(pair, pair.to(), KeyClass.ALL).apply();

      assertThat(joined.changes()).extracting(Change::increment).containsExactly(1L);
      assertThat(drawn(pair, false)).isEqualTo("100002,100003");
      assertThat(classes(pair, pair.to(), KeyClass.ALL).plan().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sequencesOfAnotherStepAreLeftAlone(Engine engine) {
    try (Pair pair = pair(engine)) {
      pair.target("ALTER SEQUENCE s INCREMENT BY 50");
      SyncException refused =
          pair.refuses(() -> classes(pair, pair.to(), new KeyClass(2, 2)).apply());
      assertThat(refused.details()).singleElement().asString().contains("public.s", "50");
      ClassPlan joined = classes(pair, pair.to(), KeyClass.ALL).plan();
      assertThat(joined.isEmpty()).isTrue();
      assertThat(joined.notes()).singleElement().asString().contains("50");
    }
  }

  @Test
  void identityColumnsAreSplitToo() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v varchar(20))")) {
      split(pair);
      assertThat(drawn(pair, true)).isEqualTo("1,3");
      assertThat(drawn(pair, false)).isEqualTo("2,4");
    }
  }

  @Test
  void whoMayNotIsToldWhatToDo() {
    try (Pair pair = pair(Engine.POSTGRESQL)) {
      pair.target.executeAsAdmin(
          "ALTER SEQUENCE s OWNER TO CURRENT_USER", "GRANT ALL ON SEQUENCE s TO app");
      SyncException refused =
          pair.refuses(() -> classes(pair, pair.to(), new KeyClass(2, 2)).apply());
      assertThat(refused.details())
          .containsExactly(
              "ALTER SEQUENCE \"public\".\"s\" INCREMENT BY 2 START WITH 2 RESTART WITH 4;");
    }
  }

  @Test
  void autoIncrementIsTheServersAffair() {
    try (Pair pair =
        Pair.of(
            Engine.MARIADB, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(20))")) {
      SyncException refused =
          pair.refuses(() -> classes(pair, pair.to(), new KeyClass(2, 2)).apply());
      assertThat(refused.details())
          .contains(
              "SET GLOBAL auto_increment_increment = 2;", "SET GLOBAL auto_increment_offset = 2;")
          .anyMatch(line -> line.contains("my.cnf"));
    }
  }

  @Test
  void autoIncrementIsDividedByWhoMaySetItForTheServer() {
    try (TestServer server = Engine.MARIADB.start();
        Pair pair =
            Pair.on(server, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(20))")) {
      server.executeAsAdmin("GRANT SUPER ON *.* TO " + server.user());
      pair.target("INSERT INTO t (v) VALUES ('a'), ('b'), ('c')");
      ClassPlan split = classes(pair, pair.to(), new KeyClass(2, 2)).apply();

      assertThat(split.server())
          .extracting(ClassPlan.Setting::name)
          .containsExactly("auto_increment_increment", "auto_increment_offset");
      assertThat(split.notes()).anyMatch(note -> note.contains("my.cnf"));
      assertThat(drawn(pair, false)).isEqualTo("4,6");
      pair.source("INSERT INTO t (id, v) VALUES (101, 'far')");
      pair.merge();
      assertThat(drawn(pair, false)).isEqualTo("102,104");
      assertThat(classes(pair, pair.to(), new KeyClass(2, 2)).plan().isEmpty()).isTrue();
      assertThat(classes(pair, pair.to(), KeyClass.ALL).apply().server()).hasSize(2);
      assertThat(drawn(pair, false)).isEqualTo("106,107");
    }
  }
}
