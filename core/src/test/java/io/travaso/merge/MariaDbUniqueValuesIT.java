package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link UniqueValuesIT}, on MariaDB: under its collations, of prefixes, and of long texts. */
class MariaDbUniqueValuesIT {
  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, code varchar(20), UNIQUE code_once (code))";

  private static Pair pair(String... schema) {
    return Pair.of(Engine.MARIADB, schema);
  }

  @Test
  void freedByAnUpdateAndTakenByAnInsert() {
    try (Pair pair = pair(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'renamed'), (2, 'code')");
      pair.target("INSERT INTO t VALUES (1, 'code')");

      pair.merges("t +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void freedByADeleteAndTakenByAnInsertAndAnUpdate() {
    try (Pair pair = pair(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      pair.target("INSERT INTO t VALUES (8, 'a'), (9, 'b'), (2, 'c')");

      pair.replaces("t +1 ~1 -2 =0 *0");
    }
  }

  @Test
  void freedInOneTableOfManyByADelete() {
    try (Pair pair =
        pair(
            TABLE,
            "CREATE TABLE child (id int PRIMARY KEY, t int NOT NULL UNIQUE, FOREIGN KEY (t) REFERENCES t (id))")) {
      pair.source(
          "INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO child VALUES (10, 1), (11, 2)");
      pair.target(
          "INSERT INTO t VALUES (1, 'b'), (3, 'a')", "INSERT INTO child VALUES (20, 1), (21, 3)");

      pair.replaces("t +1 ~1 -1 =0 *0", "child +2 ~0 -2 =0 *0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-code", "SECRET-CODE", "sécret-code", "secret-code  "})
  void heldByARowOfTheTargetsOwn(String held) {
    try (Pair pair = pair(TABLE)) {
      pair.source("INSERT INTO t VALUES (1, 'secret-code')");
      pair.target("INSERT INTO t VALUES (9, '" + held + "')");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.kind()).isEqualTo(SyncException.Kind.REFUSED);
      assertThat(failure.details())
          .containsExactly("public.t 1: row 9 of the target holds the same code (code_once)");
      assertThat(Pair.text(failure)).doesNotContain(held);
    }
  }

  @Test
  void whatTheCollationTellsApartStandsSideBySide() {
    for (String type :
        new String[] {
          "varchar(20) COLLATE utf8mb4_nopad_bin",
          "varbinary(20)",
          "varchar(20) CHARACTER SET latin1 COLLATE latin1_nopad_bin"
        }) {
      try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, code " + type + " UNIQUE)")) {
        pair.source("INSERT INTO t VALUES (1, 'é'), (2, 'É'), (3, 'a '), (4, '')");
        pair.target("INSERT INTO t VALUES (8, 'e'), (9, 'a')");

        pair.merges("t +4 ~0 -0 =0 *2");
      }
    }
  }

  @Test
  void heldByAnotherRowOfTheSameMerge() {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, code varchar(20), client int)")) {
      pair.target("ALTER TABLE t ADD CONSTRAINT once UNIQUE (client, code)");
      pair.source(
          "INSERT INTO t SELECT seq, IF(seq < 3, 'secret-code', 'Secret-Code'), 1 + seq % 2 FROM seq_1_to_5",
          "INSERT INTO t VALUES (6, 'other', 1), (7, NULL, 1), (8, NULL, 1)");
      pair.target("INSERT INTO t VALUES (5, 'mine', 1)");

      SyncException failure = pair.refusesMerge();

      assertThat(failure.details())
          .containsExactlyInAnyOrder(
              "public.t 1: row 3 of the same merge holds the same client, code (once)",
              "public.t 2: row 4 of the same merge holds the same client, code (once)",
              "public.t 3: row 1 of the same merge holds the same client, code (once)",
              "public.t 4: row 2 of the same merge holds the same client, code (once)",
              "public.t 5: row 3 of the same merge holds the same client, code (once)");
      assertThat(Pair.text(failure)).doesNotContain("secret-code");
    }
  }

  @Test
  void theBeginningsOfTexts() {
    try (Pair pair =
        pair("CREATE TABLE t (id int PRIMARY KEY, code text, n int, UNIQUE begins (code(2), n))")) {
      pair.source("INSERT INTO t VALUES (1, 'xx1', 1), (2, 'AB2', 1), (3, 'ab3', 2)");
      pair.target("INSERT INTO t VALUES (1, 'ab1', 1)");
      pair.merges("t +2 ~1 -0 =0 *0");

      pair.source("INSERT INTO t VALUES (4, 'cd', 1)");
      pair.target("INSERT INTO t VALUES (9, 'CDEF', 1)");
      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 4: row 9 of the target stands in its way (begins)");
    }
  }

  @Test
  void longTextsAndBytes() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, body longtext, raw longblob, UNIQUE one_body (body), UNIQUE one_raw (raw))")) {
      pair.source(
          "INSERT INTO t SELECT seq, CONCAT(REPEAT('x', 5000), seq), CONCAT(REPEAT('y', 5000), seq) FROM seq_1_to_50");
      pair.target("INSERT INTO t VALUES (1, CONCAT(REPEAT('x', 5000), 2), 'z')");
      pair.merges("t +49 ~1 -0 =0 *0");

      pair.source(
          "INSERT INTO t VALUES (51, CONCAT(REPEAT('x', 5000), 'end'), 'a'), (52, 'b', 'Raw')");
      pair.target(
          "INSERT INTO t VALUES (60, CONCAT(REPEAT('X', 5000), 'END'), 'b'), (61, 'c', 'raw')");
      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 51: row 60 of the target holds the same body (one_body)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ON UPDATE CASCADE", "ON UPDATE SET NULL"})
  void aReferencedUniqueValueChanges(String rule) {
    try (Pair pair =
        pair(
            "CREATE TABLE p (id int PRIMARY KEY, code varchar(20) UNIQUE)",
            "CREATE TABLE c (id int PRIMARY KEY, p varchar(20), FOREIGN KEY (p) REFERENCES p (code) "
                + rule
                + ")")) {
      pair.source(
          "INSERT INTO p VALUES (1, 'new'), (2, 'b')",
          "INSERT INTO c VALUES (1, 'new'), (2, 'b'), (3, NULL)");
      pair.target(
          "INSERT INTO p VALUES (1, 'old'), (2, 'b')",
          "INSERT INTO c VALUES (1, 'old'), (2, 'b'), (3, 'old')");

      pair.merges("p +0 ~1 -0 =1 *0", "c +0 ~2 -0 =1 *0");
    }
  }

  @Test
  void aTableWithItsHistory() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, code varchar(20), since timestamp(6) GENERATED ALWAYS AS ROW START,"
                + " until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until),"
                + " UNIQUE code_once (code)) WITH SYSTEM VERSIONING")) {
      pair.source("INSERT INTO t (id, code) VALUES (1, 'b'), (2, 'a')");
      pair.target("INSERT INTO t (id, code) VALUES (1, 'a'), (9, 'c')");
      pair.merges("t +1 ~1 -0 =0 *1");

      pair.source("INSERT INTO t (id, code) VALUES (3, 'C')");
      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 3: row 9 of the target holds the same code (code_once)");
    }
  }
}
