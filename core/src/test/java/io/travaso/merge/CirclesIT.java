package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that reference themselves and each other. */
class CirclesIT {
  private static final String TREE =
      "CREATE TABLE t (id int PRIMARY KEY, parent int, name varchar(40), FOREIGN KEY (parent) REFERENCES t (id))";

  private static final String TWO =
      "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL, v varchar(40));"
          + "CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a (id), v varchar(40));"
          + "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id)";

  private static final String THREE =
      "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);"
          + "CREATE TABLE c (id int PRIMARY KEY, a int NOT NULL REFERENCES a (id) %1$s);"
          + "CREATE TABLE b (id int PRIMARY KEY, c int NOT NULL REFERENCES c (id) %1$s);"
          + "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) %1$s";

  /** Inserts rows into tables that reference each other. */
  private static String two(Engine engine, int id, String v) {
    return inserted(
        engine,
        "INSERT INTO a (id, b, v) VALUES (%1$d, %1$d, '%2$s')".formatted(id, v),
        "INSERT INTO b VALUES (%1$d, %1$d, '%2$s')".formatted(id, v));
  }

  private static String three(Engine engine, int id) {
    return inserted(
        engine,
        "INSERT INTO a VALUES (%1$d, %1$d)".formatted(id),
        "INSERT INTO b VALUES (%1$d, %1$d)".formatted(id),
        "INSERT INTO c VALUES (%1$d, %1$d)".formatted(id));
  }

  /** PostgreSQL checks at the end of a statement, MariaDB row by row. */
  private static String inserted(Engine engine, String... statements) {
    if (engine == Engine.MARIADB) {
      return "SET foreign_key_checks = 0; " + String.join("; ", statements);
    }
    int last = statements.length - 1;
    return "WITH "
        + IntStream.range(0, last)
            .mapToObj(i -> "x" + i + " AS (" + statements[i] + ")")
            .collect(Collectors.joining(", "))
        + " "
        + statements[last];
  }

  @ParameterizedTest
  @EnumSource
  void parentsWithHigherIds(Engine engine) {
    try (Pair pair = Pair.of(engine, TREE)) {
      pair.source(
          "INSERT INTO t VALUES (9, NULL, 'root'), (1, 9, 'leaf'), (5, 9, 'moved'), (7, 7, 'own')");
      pair.target("INSERT INTO t VALUES (5, NULL, 'moved'), (3, 5, 'kept')");

      pair.merges("t +3 ~1 -0 =0 *1");

      assertThat(pair.records("t"))
          .containsExactly("(1,9,leaf)", "(3,5,kept)", "(5,9,moved)", "(7,7,own)", "(9,,root)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTreeReplacedByAnother(Engine engine) {
    try (Pair pair = Pair.of(engine, TREE)) {
      pair.source(
          "INSERT INTO t VALUES (4, NULL, 'root'), (3, 4, 'new'), (2, 3, 'new'), (1, 2, 'new')");
      pair.target("INSERT INTO t VALUES (8, NULL, 'root'), (9, 8, 'leaf'), (1, 9, 'stays')");

      pair.replaces("t +3 ~1 -2 =0 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoTablesInACircle(Engine engine) {
    try (Pair pair = Pair.of(engine, TWO)) {
      pair.source(
          two(engine, 1, "same"),
          two(engine, 2, "new"),
          two(engine, 3, "created"),
          two(engine, 4, "created"));
      pair.source("UPDATE a SET b = 4 WHERE id = 2");
      pair.target(two(engine, 1, "same"), two(engine, 2, "old"), two(engine, 9, "own"));

      pair.merges("a +2 ~1 -0 =1 *1", "b +2 ~1 -0 =1 *1");
      pair.replaces("a +0 ~0 -1 =4 *0", "b +0 ~0 -1 =4 *0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void threeTablesInACircle(Engine engine) {
    List<String> rules = new ArrayList<>(List.of("", "ON DELETE RESTRICT", "ON DELETE CASCADE"));
    if (engine == Engine.POSTGRESQL) {
      rules.add("DEFERRABLE INITIALLY DEFERRED");
    }
    for (String rule : rules) {
      try (Pair pair = Pair.of(engine, THREE.formatted(rule))) {
        pair.source(
            three(engine, 1),
            three(engine, 2),
            three(engine, 3),
            "UPDATE a SET b = 3 WHERE id = 1");
        pair.target(three(engine, 1), three(engine, 8), three(engine, 9));

        pair.merges("a +2 ~1 -0 =0 *2", "b +2 ~0 -0 =1 *2", "c +2 ~0 -0 =1 *2");
        pair.replaces("a +0 ~0 -2 =3 *0", "b +0 ~0 -2 =3 *0", "c +0 ~0 -2 =3 *0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCircleInTheMiddle(Engine engine) {
    try (Pair pair =
        Pair.of(
            engine,
            "CREATE TABLE root (id int PRIMARY KEY)",
            TWO,
            "ALTER TABLE a ADD root int REFERENCES root (id)",
            "CREATE TABLE leaf (id int PRIMARY KEY, b int NOT NULL REFERENCES b (id))")) {
      pair.source(
          "INSERT INTO root VALUES (1)",
          two(engine, 1, "x"),
          "UPDATE a SET root = 1",
          "INSERT INTO leaf VALUES (1, 1)");
      pair.target(
          "INSERT INTO root VALUES (2)",
          two(engine, 2, "y"),
          "UPDATE a SET root = 2",
          "INSERT INTO leaf VALUES (2, 2)");

      pair.merges(
          "root +1 ~0 -0 =0 *1", "a +1 ~0 -0 =0 *1", "b +1 ~0 -0 =0 *1", "leaf +1 ~0 -0 =0 *1");
      pair.replaces(
          "root +0 ~0 -1 =1 *0", "a +0 ~0 -1 =1 *0", "b +0 ~0 -1 =1 *0", "leaf +0 ~0 -1 =1 *0");
    }
  }

  @Test
  void deferredKeysAreCheckedBeforeCommit() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY)",
            "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)")) {
      pair.source("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1)");
      pair.target("INSERT INTO p VALUES (2); INSERT INTO c VALUES (2, 2)");

      pair.merges("p +1 ~0 -0 =0 *1", "c +1 ~0 -0 =0 *1")
          .replaces("p +0 ~0 -1 =1 *0", "c +0 ~0 -1 =1 *0");
    }
  }
}
