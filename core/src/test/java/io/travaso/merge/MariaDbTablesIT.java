package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.table.TableId;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Computed columns, many columns, and names of every kind, on MariaDB. */
class MariaDbTablesIT {

  private static Pair pair(String... schema) {
    return Pair.of(Engine.MARIADB, schema);
  }

  @Test
  void generatedColumnsAreComputedByTheTarget() {
    try (Pair pair =
        pair(
            "CREATE TABLE t (id int PRIMARY KEY, net decimal(8,2), gross decimal(8,2) AS (net * 1.22) STORED, twice decimal(9,2) AS (gross * 2) VIRTUAL)")) {
      pair.source("INSERT INTO t (id, net) VALUES (1, 100), (2, 200), (3, 300)");
      pair.target("INSERT INTO t (id, net) VALUES (1, 100), (2, 1)");

      pair.merges("t +1 ~1 -0 =1 *0");

      assertThat(pair.target.rows("SELECT * FROM t ORDER BY id"))
          .containsExactly(
              "1|100.00|122.00|244.00", "2|200.00|244.00|488.00", "3|300.00|366.00|732.00");
    }
  }

  /** Names that break what quotes badly, names of our own making, and names SQL reserves. */
  private static final List<String> ODD =
      List.of(
          "Weird \"Tab'le; drop",
          "back`tick",
          "order",
          "a.b",
          "$1",
          "%s",
          "a\\b",
          "\\N",
          "naïve_ñ_表",
          "?",
          ":name",
          "<x>",
          "-- x",
          "/*x*/",
          "x".repeat(50),
          "t",
          "s",
          "d",
          "p",
          "o",
          "c",
          "q",
          "f0",
          "w0",
          "w1",
          "k0",
          "kind",
          "digest",
          "r1_0",
          "written0");

  @Test
  void oddNames() {
    StringBuilder schema = new StringBuilder();
    StringBuilder source = new StringBuilder();
    StringBuilder target = new StringBuilder();
    StringBuilder goOn = new StringBuilder();
    List<String> merged = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    try (Pair pair = pair()) {
      for (int i = 0; i < ODD.size(); i++) {
        String name = ODD.get(i);
        schema.append(
            """
            CREATE TABLE %1$s (%1$s int AUTO_INCREMENT PRIMARY KEY, x varchar(20), parent int, FOREIGN KEY (parent) REFERENCES %1$s (%1$s));
            CREATE TABLE child%2$d (id int PRIMARY KEY, %1$s int NOT NULL CHECK (%1$s > 0), CONSTRAINT %1$s FOREIGN KEY (%1$s) REFERENCES %1$s (%1$s));
            CREATE TABLE outside%2$d (id int PRIMARY KEY, %1$s int, UNIQUE %1$s (%1$s), FOREIGN KEY (%1$s) REFERENCES %1$s (%1$s));
            """
                .formatted(quote(name), i));
        source.append(
            """
            INSERT INTO %1$s VALUES (2, 'new', NULL), (1, 'same', 2), (3, 'created', 1);
            INSERT INTO child%2$d VALUES (1, 3);
            """
                .formatted(quote(name), i));
        target.append(
            """
            INSERT INTO %1$s VALUES (1, 'same', NULL), (2, 'old', 1), (9, 'own', 2);
            INSERT INTO outside%2$d VALUES (1, 2);
            """
                .formatted(quote(name), i));
        // AUTO_INCREMENT followed the merge: the next is 10.
        goOn.append(
            "INSERT INTO %1$s () VALUES (); UPDATE outside%2$d SET %1$s = 10;"
                .formatted(quote(name), i));
        pair.only(name, "child" + i);
        String label = new TableId("public", name).toString().replaceFirst("^public\\.", "");
        merged.addAll(List.of(label + " +1 ~2 -0 =0 *1", "child" + i + " +1 ~0 -0 =0 *0"));
        replaced.addAll(List.of(label + " +0 ~0 -1 =3 *0", "child" + i + " +0 ~0 -0 =1 *0"));
      }
      pair.both(schema.toString()).source(source.toString()).target(target.toString());

      pair.merges(merged.toArray(String[]::new)).replaces(replaced.toArray(String[]::new));
      pair.target(goOn.toString());
      assertThat(pair.refusesReplace().details()).hasSize(ODD.size());
    }
  }

  private static String quote(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Test
  void tablesOfManyColumns() {
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    for (int i = 0; i < 800; i++) {
      columns.append(", c").append(i).append(" int DEFAULT ").append(i);
    }
    try (Pair pair = pair("CREATE TABLE t (" + columns + ")")) {
      pair.source("INSERT INTO t (id, c799) VALUES (1, 1), (2, 1)");
      pair.target("INSERT INTO t (id) VALUES (1)");

      pair.merges("t +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void columnsInAnotherOrder() {
    try (Pair pair = pair("CREATE TABLE t (id int PRIMARY KEY, a varchar(20), b int)")) {
      pair.target("ALTER TABLE t MODIFY a varchar(20) AFTER b");
      pair.source("INSERT INTO t VALUES (1, 'x', 2)");

      pair.merges("t +1 ~0 -0 =0 *0");

      assertThat(pair.target.rows("SELECT * FROM t")).containsExactly("1|2|x");
    }
  }
}
