package io.travaso.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Partitions, inheritance, generated columns, schemas, and names of every kind. */
class StructuresIT {

  @Test
  void partitionedTables() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int, region text, v text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
            "CREATE TABLE t_n PARTITION OF t FOR VALUES IN ('n')",
            "CREATE TABLE t_s PARTITION OF t FOR VALUES IN ('s') PARTITION BY RANGE (id)",
            "CREATE TABLE t_s1 PARTITION OF t_s FOR VALUES FROM (0) TO (10)",
            "CREATE TABLE t_s2 PARTITION OF t_s FOR VALUES FROM (10) TO (20)")) {
      pair.source("INSERT INTO t VALUES (1, 'n', 'same'), (2, 's', 'new'), (12, 's', 'created')");
      pair.target("INSERT INTO t VALUES (1, 'n', 'same'), (2, 's', 'old'), (13, 's', 'own')");

      pair.merges("t +1 ~1 -0 =1 *1").replaces("t +0 ~0 -1 =3 *0");
    }
  }

  @Test
  void aRowThatChangesItsPartition() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int, region text, v text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
            "CREATE TABLE t_n PARTITION OF t FOR VALUES IN ('n')",
            "CREATE TABLE t_s PARTITION OF t FOR VALUES IN ('s')",
            "CREATE TABLE c (id int PRIMARY KEY, t int, region text,"
                + " FOREIGN KEY (t, region) REFERENCES t ON DELETE CASCADE)")) {
      pair.source("INSERT INTO t VALUES (1, 's', 'x'); INSERT INTO c VALUES (5, 1, 's')");
      pair.target("INSERT INTO t VALUES (1, 'n', 'x'); INSERT INTO c VALUES (5, 1, 'n')");

      pair.replaces("t +1 ~0 -1 =0 *0", "c +0 ~1 -0 =0 *0");

      assertThat(pair.rows("t_s")).containsExactly("(1,s,x)");
    }
  }

  @Test
  void aPartitionThatIsMissing() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)",
            "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10)")) {
      pair.source("CREATE TABLE t_2 PARTITION OF t DEFAULT; INSERT INTO t VALUES (5), (7777)");

      assertThat(pair.refusesMerge().details())
          .containsExactly("public.t 7777: no partition takes it");
    }
  }

  @Test
  void inheritanceKeepsToTheTableItself() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY, v text)",
            "CREATE TABLE c (extra text, PRIMARY KEY (id)) INHERITS (p)")) {
      pair.source(
          "INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (2, 'b', 'x'), (1, 'c', 'y')");
      pair.target("INSERT INTO p VALUES (9, 'own'); INSERT INTO c VALUES (1, 'old', 'y')");

      pair.merges("p +1 ~0 -0 =0 *1", "c +1 ~1 -0 =0 *0");
      assertThat(pair.rows("ONLY p")).containsExactly("(1,a)", "(9,own)");

      pair.replaces("p +0 ~0 -1 =1 *0", "c +0 ~0 -0 =2 *0");
    }
  }

  @Test
  void aReferenceToATableWithHeirs() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE p (id int PRIMARY KEY)",
            "CREATE TABLE heir (PRIMARY KEY (id)) INHERITS (p)",
            "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p)")) {
      pair.source("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1)");
      pair.target("INSERT INTO heir VALUES (1)").select("c");

      assertThat(pair.refusesMerge().details()).hasSize(1);
    }
  }

  @Test
  void generatedColumnsAreComputedByTheTarget() {
    try (Pair pair =
        Pair.of(
            "CREATE TABLE t (id int PRIMARY KEY, net numeric(8,2), gross numeric(8,2) GENERATED ALWAYS AS (net * 1.22) STORED)")) {
      pair.source("INSERT INTO t (id, net) VALUES (1, 100), (2, 200), (3, 300)");
      pair.target("INSERT INTO t (id, net) VALUES (1, 100), (2, 1)");

      pair.merges("t +1 ~1 -0 =1 *0");

      assertThat(pair.rows("t"))
          .containsExactly("(1,100.00,122.00)", "(2,200.00,244.00)", "(3,300.00,366.00)");
    }
  }

  @Test
  void severalSchemas() {
    try (Pair pair =
        Pair.of(
            "CREATE SCHEMA one; CREATE SCHEMA \"Two\"",
            "CREATE TABLE one.t (id int PRIMARY KEY)",
            "CREATE TABLE \"Two\".t (id int PRIMARY KEY REFERENCES one.t)",
            "CREATE TABLE t (id int PRIMARY KEY REFERENCES \"Two\".t)")) {
      pair.source(
          "INSERT INTO one.t VALUES (1); INSERT INTO \"Two\".t VALUES (1); INSERT INTO t VALUES (1)");
      pair.target(
          "INSERT INTO one.t VALUES (2); INSERT INTO \"Two\".t VALUES (2); INSERT INTO t VALUES (2)");

      pair.merges("one.t +1 ~0 -0 =0 *1", "Two.t +1 ~0 -0 =0 *1", "t +1 ~0 -0 =0 *1");
      pair.replaces("one.t +0 ~0 -1 =1 *0", "Two.t +0 ~0 -1 =1 *0", "t +0 ~0 -1 =1 *0");
    }
  }

  /** Names that break what quotes badly, names of our own making, and names SQL reserves. */
  private static final List<String> ODD =
      List.of(
          "Weird \"Tab'le; drop",
          "order",
          "a.b",
          "$1",
          "%s",
          "a\\b",
          "\\N",
          "naïve_ñ_表_😀",
          " ",
          "?",
          ":name",
          "<x>",
          "x".repeat(63),
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
          "written0",
          "travaso_staged_0",
          "travaso_diff_0");

  @Test
  void oddNames() {
    StringBuilder schema = new StringBuilder();
    StringBuilder source = new StringBuilder();
    StringBuilder target = new StringBuilder();
    StringBuilder goOn = new StringBuilder();
    List<String> merged = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    try (Pair pair = Pair.of()) {
      for (int i = 0; i < ODD.size(); i++) {
        String name = ODD.get(i);
        schema.append(
            """
            CREATE TABLE %1$s (%1$s serial PRIMARY KEY, x text, parent int REFERENCES %1$s);
            CREATE TABLE child%2$d (id int PRIMARY KEY, %1$s int NOT NULL CONSTRAINT %1$s REFERENCES %1$s);
            CREATE TABLE outside%2$d (id int PRIMARY KEY, %1$s int REFERENCES %1$s);
            """
                .formatted(quote(name), i));
        source.append(
            """
            INSERT INTO %1$s VALUES (1, 'same', 2), (2, 'new', NULL), (3, 'created', 1);
            INSERT INTO child%2$d VALUES (1, 3);
            """
                .formatted(quote(name), i));
        target.append(
            """
            INSERT INTO %1$s VALUES (1, 'same', NULL), (2, 'old', 1), (9, 'own', 2);
            INSERT INTO outside%2$d VALUES (1, 2);
            """
                .formatted(quote(name), i));
        // The sequence followed the merge: the next is 10.
        goOn.append(
            "INSERT INTO %1$s DEFAULT VALUES; UPDATE outside%2$d SET %1$s = 10;"
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
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Test
  void oddNamesOfReferencedTables() {
    String q = "\"Us\"\"er's; t\"";
    try (Pair pair =
        Pair.of(
            "CREATE TABLE "
                + q
                + " (\"t\" int PRIMARY KEY, \"s d\" text NOT NULL, \"w0\" text NOT NULL, UNIQUE (\"s d\", \"w0\"))",
            "CREATE TABLE t (w0 int PRIMARY KEY, \"r1_0\" int REFERENCES "
                + q
                + ", s int REFERENCES "
                + q
                + ")")) {
      pair.source(
          "INSERT INTO "
              + q
              + " VALUES (1, 'a', 'x'), (2, 'a', 'y'); INSERT INTO t VALUES (1, 1, 2)");
      pair.target("INSERT INTO " + q + " VALUES (5, 'a', 'x'), (1, 'a', 'y')");
      pair.reference("Us\"er's; t", "s d", "w0");

      pair.merges("t +1 ~0 -0 =0 *0");

      assertThat(pair.rows("t")).containsExactly("(1,5,1)");
    }
  }

  @Test
  void tablesOfManyColumns() {
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    for (int i = 0; i < 800; i++) {
      columns.append(", c").append(i).append(" int DEFAULT ").append(i);
    }
    try (Pair pair = Pair.of("CREATE TABLE t (" + columns + ")")) {
      pair.source("INSERT INTO t (id, c799) VALUES (1, 1), (2, 1)");
      pair.target("INSERT INTO t (id) VALUES (1)");

      pair.merges("t +1 ~1 -0 =0 *0");
    }
  }

  @Test
  void columnsInAnotherOrderAndDroppedOnes() {
    try (Pair pair = Pair.of("CREATE TABLE t (gone int, id int PRIMARY KEY, a text, b int)")) {
      pair.target("ALTER TABLE t DROP gone, DROP a; ALTER TABLE t ADD a text");
      pair.source("ALTER TABLE t DROP gone").source("INSERT INTO t VALUES (1, 'x', 2)");

      pair.merges("t +1 ~0 -0 =0 *0");

      assertThat(pair.rows("t")).containsExactly("(1,2,x)");
    }
  }
}
