package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tables that reference themselves and each other. */
class CirclesIT {
  private static final String TREE =
      "CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t, name text)";

  private static final String TWO =
      "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL, v text);"
          + "CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a, v text);"
          + "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b";

  private static final String THREE =
      "CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);"
          + "CREATE TABLE c (id int PRIMARY KEY, a int NOT NULL REFERENCES a %1$s);"
          + "CREATE TABLE b (id int PRIMARY KEY, c int NOT NULL REFERENCES c %1$s);"
          + "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b %1$s";

  /** Inserts rows into tables that reference each other, in one statement. */
  private static String two(int id, String v) {
    return "WITH x AS (INSERT INTO a VALUES (%1$d, %1$d, '%2$s')) INSERT INTO b VALUES (%1$d, %1$d, '%2$s')"
        .formatted(id, v);
  }

  private static String three(int id) {
    return ("WITH x AS (INSERT INTO a VALUES (%1$d, %1$d)), y AS (INSERT INTO b VALUES (%1$d, %1$d))"
            + " INSERT INTO c VALUES (%1$d, %1$d)")
        .formatted(id);
  }

  @Test
  void parentsWithHigherIds() {
    try (Pair pair = Pair.of(TREE)) {
      pair.source(
          "INSERT INTO t VALUES (1, 9, 'leaf'), (5, 9, 'moved'), (9, NULL, 'root'), (7, 7, 'own')");
      pair.target("INSERT INTO t VALUES (5, NULL, 'moved'), (3, 5, 'kept')");

      pair.merges("t +3 ~1 -0 =0 *1");

      assertThat(pair.rows("t"))
          .containsExactly("(1,9,leaf)", "(3,5,kept)", "(5,9,moved)", "(7,7,own)", "(9,,root)");
    }
  }

  @Test
  void aTreeReplacedByAnother() {
    try (Pair pair = Pair.of(TREE)) {
      pair.source(
          "INSERT INTO t SELECT n, n + 1, 'new' FROM generate_series(1, 4) AS n WHERE n < 4"
              + " UNION ALL SELECT 4, NULL, 'root'");
      pair.target("INSERT INTO t VALUES (8, NULL, 'root'), (9, 8, 'leaf'), (1, 9, 'stays')");

      pair.replaces("t +3 ~1 -2 =0 *0");
    }
  }

  @Test
  void twoTablesInACircle() {
    try (Pair pair = Pair.of(TWO)) {
      pair.source(two(1, "same"), two(2, "new"), two(3, "created"), two(4, "created"));
      pair.source("UPDATE a SET b = 4 WHERE id = 2");
      pair.target(two(1, "same"), two(2, "old"), two(9, "own"));

      pair.merges("a +2 ~1 -0 =1 *1", "b +2 ~1 -0 =1 *1");
      pair.replaces("a +0 ~0 -1 =4 *0", "b +0 ~0 -1 =4 *0");
    }
  }

  @Test
  void threeTablesInACircle() {
    for (String rule :
        new String[] {
          "", "ON DELETE RESTRICT", "ON DELETE CASCADE", "DEFERRABLE INITIALLY DEFERRED"
        }) {
      try (Pair pair = Pair.of(THREE.formatted(rule))) {
        pair.source(three(1), three(2), three(3), "UPDATE a SET b = 3 WHERE id = 1");
        pair.target(three(1), three(8), three(9));

        pair.merges("a +2 ~1 -0 =0 *2", "b +2 ~0 -0 =1 *2", "c +2 ~0 -0 =1 *2");
        pair.replaces("a +0 ~0 -2 =3 *0", "b +0 ~0 -2 =3 *0", "c +0 ~0 -2 =3 *0");
      }
    }
  }

  @Test
  void aCircleInTheMiddle() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE root (id int PRIMARY KEY)",
            TWO,
            "ALTER TABLE a ADD root int REFERENCES root",
            "CREATE TABLE leaf (id int PRIMARY KEY, b int NOT NULL REFERENCES b)")) {
      pair.source(
          "INSERT INTO root VALUES (1)",
          two(1, "x"),
          "UPDATE a SET root = 1",
          "INSERT INTO leaf VALUES (1, 1)");
      pair.target(
          "INSERT INTO root VALUES (2)",
          two(2, "y"),
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
