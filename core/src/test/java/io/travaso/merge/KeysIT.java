package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are recognised by their keys as the database compares them. */
class KeysIT {

  @ParameterizedTest
  @EnumSource
  void compositeKeys(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (a varchar(40), b int, c date, v varchar(40), PRIMARY KEY (c, a, b))")) {
      pair.source(
          "INSERT INTO t VALUES ('x', 1, '2024-01-01', 'same'), ('x', 2, '2024-01-01', 'new'),"
              + " ('y', 1, '2024-01-02', 'created')");
      pair.target(
          "INSERT INTO t VALUES ('x', 1, '2024-01-01', 'same'), ('x', 2, '2024-01-01', 'old'),"
              + " ('x', 1, '2024-01-02', 'own')");

      pair.merges("t +1 ~1 -0 =1 *1").replaces("t +0 ~0 -1 =3 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tablesOfNothingButTheirKey(Engine engine) {
    try (Pair pair = Pair.of(engine, "CREATE TABLE t (a int, b varchar(40), PRIMARY KEY (a, b))")) {
      pair.source("INSERT INTO t VALUES (1, 'a'), (1, 'b')");
      pair.target("INSERT INTO t VALUES (1, 'a'), (2, 'a')");

      pair.merges("t +1 ~0 -0 =1 *1").replaces("t +0 ~0 -1 =2 *0");
    }
  }

  @Test
  void keysMadeOfNullsAreKeys() {
    try (Pair pair =
        Pair.of(
            "CREATE TYPE k AS (a int, b varchar(40))",
            "CREATE TABLE t (k k PRIMARY KEY, v varchar(40))")) {
      pair.source("INSERT INTO t VALUES ('(,)', 'new'), ('(1,)', 'new')");
      pair.target("INSERT INTO t VALUES ('(,)', 'old'), ('(,b)', 'own')");

      pair.merges("t +1 ~1 -0 =0 *1").replaces("t +0 ~0 -1 =2 *0");
    }
  }

  @Test
  void textKeysOfAnyOrder() {
    try (Pair pair = Pair.of("CREATE TABLE t (k varchar(40) PRIMARY KEY, v int)")) {
      String keys =
          "(VALUES (''), (' '), ('a'), ('A'), ('á'), ('ä'), ('a-b'), ('ab'), ('_'), ('😀'),"
              + " (E'a\\tb'), (E'\\\\N'), (E'line\\nbreak'), ('é'), (E'e\\u0301'), ('NULL')) AS x (k)";
      pair.source("INSERT INTO t SELECT k, 1 FROM " + keys);
      pair.target("INSERT INTO t SELECT k, 2 FROM " + keys + " WHERE k < 'b'");
      long present = Long.parseLong(pair.value("SELECT count(*) FROM t"));

      pair.merges("t +%d ~%d -0 =0 *0".formatted(16 - present, present))
          .replaces("t +0 ~0 -0 =16 *0");
    }
  }

  @Test
  void keysOfEqualMeaningAreOneRowAndTakeTheSourcesText() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE n (k numeric PRIMARY KEY, v varchar(40))",
            "CREATE TABLE f (k float8 PRIMARY KEY, v varchar(40))",
            "CREATE TABLE c (k char(5) PRIMARY KEY, v varchar(40))",
            "CREATE TABLE i (k interval PRIMARY KEY, v varchar(40))")) {
      pair.source(
          "INSERT INTO n VALUES (1.0, 'same'), (2.00, 'new'), ('NaN', 'same')",
          "INSERT INTO f VALUES ('-0', 'same'), ('NaN', 'new'), ('Infinity', 'same')",
          "INSERT INTO c VALUES ('a', 'same'), ('b', 'new')",
          "INSERT INTO i VALUES ('24:00', 'same'), ('1 mon', 'new')");
      pair.target(
          "INSERT INTO n VALUES (1.00, 'same'), (2.00, 'old'), ('NaN', 'same')",
          "INSERT INTO f VALUES ('0', 'same'), ('NaN', 'old'), ('Infinity', 'same')",
          "INSERT INTO c VALUES ('a  ', 'same'), ('b', 'old')",
          "INSERT INTO i VALUES ('1 day', 'same'), ('30 days', 'old')");

      pair.merges("n +0 ~2 -0 =1 *0", "f +0 ~2 -0 =1 *0", "c +0 ~1 -0 =1 *0", "i +0 ~2 -0 =0 *0");

      assertThat(pair.records("n")).containsExactly("(1.0,same)", "(2.00,new)", "(NaN,same)");
      assertThat(pair.records("f")).containsExactly("(-0,same)", "(Infinity,same)", "(NaN,new)");
      assertThat(pair.records("i")).containsExactly("(\"1 mon\",new)", "(24:00:00,same)");
    }
  }

  @Test
  void aReferencedKeyMayChangeItsText() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (k numeric PRIMARY KEY, v varchar(40))",
            "CREATE TABLE c (id int PRIMARY KEY, p numeric NOT NULL REFERENCES p)")) {
      pair.source(
          "INSERT INTO p VALUES (1.0, 'a'), (2.0, 'b'); INSERT INTO c VALUES (1, 1.0), (2, 2.0)");
      pair.target(
          "INSERT INTO p VALUES (1.00, 'a'), (2, 'b'); INSERT INTO c VALUES (1, 1.00), (3, 1)");

      pair.merges("p +0 ~2 -0 =0 *0", "c +1 ~1 -0 =0 *1");

      assertThat(pair.records("p")).containsExactly("(1.0,a)", "(2.0,b)");
    }
  }

  @Test
  void citextKeys() {
    try (Pair pair = Pair.of()) {
      pair.admin("CREATE EXTENSION citext");
      pair.both("CREATE TABLE t (k citext PRIMARY KEY, v int)");
      pair.source("INSERT INTO t VALUES ('Abc', 1), ('def', 2), ('new', 3)");
      pair.target("INSERT INTO t VALUES ('ABC', 1), ('def', 2), ('OWN', 4)");

      pair.merges("t +1 ~1 -0 =1 *1").replaces("t +0 ~0 -1 =3 *0");
    }
  }

  @Test
  void citextKeysWithAnEmptySearchPath() {
    try (Pair pair = Pair.of()) {
      pair.admin("CREATE EXTENSION citext");
      pair.both(
          "CREATE TABLE users (id int PRIMARY KEY, name citext NOT NULL UNIQUE)",
          "CREATE TABLE t (k citext PRIMARY KEY, v int REFERENCES users)");
      pair.target("INSERT INTO users VALUES (7, 'ANNA')");
      pair.source(
          "INSERT INTO users VALUES (1, 'anna'); INSERT INTO t VALUES ('Abc', 1), ('new', 1)");
      pair.target("INSERT INTO t VALUES ('ABC', NULL)");
      pair.target(
          "ALTER ROLE %s IN DATABASE %s SET search_path = ''"
              .formatted(pair.target.user(), pair.target.name()));

      pair.reference("users", "name").merges("t +1 ~1 -0 =0 *0");

      assertThat(pair.records("public.t")).containsExactly("(Abc,7)", "(new,7)");
    }
  }

  @Test
  void keysOfAnExtensionInAnotherSchema() {
    try (Pair pair = Pair.of("CREATE SCHEMA ext")) {
      pair.admin("CREATE EXTENSION citext SCHEMA ext");
      pair.both("CREATE TABLE t (k ext.citext PRIMARY KEY, v int)");
      pair.source("INSERT INTO t VALUES ('Abc', 1)");
      pair.target("INSERT INTO t VALUES ('ABC', 1)");

      pair.merges("t +0 ~1 -0 =0 *0");
    }
  }

  @Test
  void aKeyThatIsIdentityAlwaysIsNotSet() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v varchar(40))")) {
      pair.source("INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (5, 'new'), (6, 'created')");
      pair.target("INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (5, 'old')");

      pair.merges("t +1 ~1 -0 =0 *0");

      assertThat(pair.value("INSERT INTO t (v) VALUES ('next') RETURNING id")).isEqualTo("7");
    }
  }

  @Test
  void anIdentityAlwaysThatIsNoKeyAndDiffersIsRefused() {
    try (Pair pair =
        Pair.of("CREATE TABLE t (k varchar(40) PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY)")) {
      pair.source("INSERT INTO t (k) VALUES ('first'), ('second')");
      pair.target("INSERT INTO t (k) VALUES ('second')");

      SyncException refusal = pair.refusesMerge();

      assertThat(Pair.text(refusal)).contains("public.t", "n", "GENERATED ALWAYS", "second");
    }
  }

  @Test
  void aKeyThatIsGeneratedIsRefusedWithTheSet() {
    try (Pair pair =
        Pair.of("CREATE TABLE t (a int, k int GENERATED ALWAYS AS (a * 2) STORED PRIMARY KEY)")) {
      assertThat(Pair.text(Pair.failure(pair::merge))).contains("public.t", "k", "generated");
    }
  }

  @ParameterizedTest
  @EnumSource
  void uniqueKeysInPlaceOfThePrimaryKey(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE t (id %s PRIMARY KEY, code varchar(40) NOT NULL UNIQUE, v int)"
                .formatted(SchemaWords.serial(engine)))) {
      pair.match("t", "code");
      pair.source("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
      pair.target("INSERT INTO t VALUES (1, 'c', 3), (2, 'b', 0), (3, 'own', 1)");

      pair.merges("t +1 ~1 -0 =1 *1");

      assertThat(pair.records("t")).containsExactly("(1,c,3)", "(2,b,2)", "(3,own,1)", "(4,a,1)");
    }
  }
}
