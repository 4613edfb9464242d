package io.travaso.keys;

import static io.travaso.keys.Keyed.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.testing.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows get fresh keys, and everything that references them follows. */
class RenumberIT {
  private static final String CLIENT = "CREATE TABLE client (id " + SERIAL + ", name varchar(20))";

  @ParameterizedTest
  @EnumSource
  void givesARowTheNextKeyAndLetsReferencesFollow(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            "CREATE TABLE invoice (id "
                + SERIAL
                + ", client int NOT NULL, FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (name) VALUES ('a'), ('b'), ('c')",
            "INSERT INTO invoice (client) VALUES (1), (2), (2)")) {
      RenumberPlan plan = keyed.renumber("client", 2);

      assertThat(plan.keys()).containsExactly(new FreshKey(2, 4));
      assertThat(plan.references())
          .containsExactly(
              new MovedReferences("public.invoice", "public.invoice", "client", false, 2));
      assertThat(keyed.rows("SELECT id, name FROM client ORDER BY id"))
          .containsExactly("1|a", "3|c", "4|b");
      assertThat(keyed.rows("SELECT client FROM invoice ORDER BY id"))
          .containsExactly("1", "4", "4");
      keyed.does("INSERT INTO client (name) VALUES ('d')");
      assertThat(keyed.rows("SELECT id FROM client WHERE name = 'd'")).containsExactly("5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesKeysAboveThoseOfTheOtherSide(Engine engine) {
    try (Keyed keyed = Keyed.of(engine, CLIENT, "INSERT INTO client (name) VALUES ('a'), ('b')")) {
      assertThat(keyed.renumberTo("client", 200, null, 2, 1).keys())
          .containsExactly(new FreshKey(1, 201), new FreshKey(2, 202));
      keyed.does("INSERT INTO client (name) VALUES ('c')");
      assertThat(keyed.rows("SELECT id, name FROM client ORDER BY id"))
          .containsExactly("201|a", "202|b", "203|c");
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheKeyThatIsAskedFor(Engine engine) {
    try (Keyed keyed = Keyed.of(engine, CLIENT, "INSERT INTO client (name) VALUES ('a'), ('b')")) {
      keyed.renumberTo("client", 0, 70L, 2);
      keyed.does("INSERT INTO client (name) VALUES ('c')");
      assertThat(keyed.rows("SELECT id, name FROM client ORDER BY id"))
          .containsExactly("1|a", "70|b", "71|c");
      assertThat(keyed.refuses(() -> keyed.renumberTo("client", 0, 70L, 1)).what())
          .contains("has a row", "70");
      assertThat(keyed.refuses(() -> keyed.renumber("client", 5)).details()).containsExactly("5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsReferencesOfATableToItself(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            "CREATE TABLE node (id "
                + SERIAL
                + ", parent int, twin int, FOREIGN KEY (parent) REFERENCES node (id),"
                + " FOREIGN KEY (twin) REFERENCES node (id))",
            "INSERT INTO node (parent) VALUES (NULL), (1), (1), (2)",
            "UPDATE node SET twin = 2 WHERE id IN (2, 4)",
            "UPDATE node SET twin = 1 WHERE id = 3")) {
      keyed.renumber("node", 1, 2);
      assertThat(keyed.rows("SELECT id, parent, twin FROM node ORDER BY id"))
          .containsExactly("3|5|5", "4|6|6", "5|\\N|\\N", "6|5|6");
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsReferencesOverSeveralColumnsAndThoseOfWhatReferences(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            "CREATE TABLE contract (client int, no int, PRIMARY KEY (client, no),"
                + " FOREIGN KEY (client) REFERENCES client (id))",
            "CREATE TABLE line (id int PRIMARY KEY, client int, no int,"
                + " FOREIGN KEY (client, no) REFERENCES contract (client, no))",
            "INSERT INTO client (name) VALUES ('a'), ('b')",
            "INSERT INTO contract VALUES (1, 1), (2, 1), (2, 2)",
            // Without a number it is no reference.
            "INSERT INTO line VALUES (1, 1, 1), (2, 2, 1), (3, 2, 2), (4, 2, NULL)")) {
      keyed.renumber("client", 2);
      assertThat(keyed.rows("SELECT client, no FROM contract ORDER BY 1, 2"))
          .containsExactly("1|1", "3|1", "3|2");
      assertThat(keyed.rows("SELECT id, client, no FROM line ORDER BY 1"))
          .containsExactly("1|1|1", "2|3|1", "3|3|2", "4|2|\\N");
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsKeysThatAreOthersKeys(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            "CREATE TABLE place (id " + SERIAL + ", name varchar(20))",
            "CREATE TABLE restaurant (place int PRIMARY KEY, stars int, FOREIGN KEY (place)"
                + " REFERENCES place (id))",
            "CREATE TABLE waiter (id "
                + SERIAL
                + ", restaurant int, FOREIGN KEY (restaurant) REFERENCES restaurant (place))",
            "INSERT INTO place (name) VALUES ('a'), ('b')",
            "INSERT INTO restaurant VALUES (1, 1), (2, 5)",
            "INSERT INTO waiter (restaurant) VALUES (2), (1), (2)")) {
      keyed.renumber("place", 2);
      assertThat(keyed.rows("SELECT place, stars FROM restaurant ORDER BY 1"))
          .containsExactly("1|1", "3|5");
      assertThat(keyed.rows("SELECT restaurant FROM waiter ORDER BY id"))
          .containsExactly("3", "1", "3");
      SyncException failure = keyed.refuses(() -> keyed.renumber("restaurant", 3));
      assertThat(failure.what()).contains("public.place");
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesWithForeignKeysThatActWhatItDoesWithAll(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            child("cascading", "ON UPDATE CASCADE ON DELETE CASCADE"),
            child("clearing", "ON UPDATE SET NULL ON DELETE SET NULL"),
            child("restricting", "ON UPDATE RESTRICT ON DELETE RESTRICT"),
            "INSERT INTO client (name) VALUES ('a'), ('b')",
            "INSERT INTO cascading VALUES (1, 1), (2, 2)",
            "INSERT INTO clearing VALUES (1, 1), (2, 2)",
            "INSERT INTO restricting VALUES (1, 1), (2, 2)")) {
      keyed.renumber("client", 1, 2);
      for (String table : new String[] {"cascading", "clearing", "restricting"}) {
        assertThat(keyed.rows("SELECT id, client FROM " + table + " ORDER BY id"))
            .containsExactly("1|3", "2|4");
      }
    }
  }

  private static String child(String table, String action) {
    return "CREATE TABLE "
        + table
        + " (id int PRIMARY KEY, client int, FOREIGN KEY (client) REFERENCES client (id) "
        + action
        + ")";
  }

  @ParameterizedTest
  @EnumSource
  void letsGenericRelationsFollow(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(50) NOT NULL,"
                + " model varchar(50) NOT NULL, UNIQUE (app_label, model))",
            "INSERT INTO django_content_type VALUES (7, 'shop', 'client'), (8, 'shop', 'item')",
            "CREATE TABLE shop_client (id " + SERIAL + ", name varchar(20))",
            "CREATE TABLE shop_item (id " + SERIAL + ", name varchar(20))",
            "CREATE TABLE note (id int PRIMARY KEY, content_type_id int, object_id int,"
                + " FOREIGN KEY (content_type_id) REFERENCES django_content_type (id))",
            "CREATE TABLE log (id int PRIMARY KEY, content_type_id int, object_id varchar(40),"
                + " FOREIGN KEY (content_type_id) REFERENCES django_content_type (id))",
            "INSERT INTO shop_client (name) VALUES ('a'), ('b')",
            "INSERT INTO shop_item (name) VALUES ('x'), ('y')",
            "INSERT INTO note VALUES (1, 7, 1), (2, 7, 2), (3, 8, 2), (4, NULL, 2)",
            "INSERT INTO log VALUES (1, 7, '2'), (2, 8, '2'), (3, 7, '12'), (4, 7, 'b')")) {
      RenumberPlan plan = keyed.renumber("shop.Client", 2);

      assertThat(plan.label()).isEqualTo("shop.client");
      assertThat(plan.references()).hasSize(2).allMatch(MovedReferences::generic);
      assertThat(keyed.rows("SELECT id, object_id FROM note ORDER BY id"))
          .containsExactly("1|1", "2|3", "3|2", "4|2");
      assertThat(keyed.rows("SELECT id, object_id FROM log ORDER BY id"))
          .containsExactly("1|3", "2|2", "3|12", "4|b");
      // What speaks of a row that is gone would be inherited by it.
      keyed.does("INSERT INTO log VALUES (5, 7, '4')");
      assertThat(keyed.refuses(() -> keyed.plan("shop.Client", 1)).what()).contains("log");
    }
  }

  @ParameterizedTest
  @EnumSource
  void renumbersManyAtOnce(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            "CREATE TABLE invoice (id "
                + SERIAL
                + ", client int NOT NULL, FOREIGN KEY (client) REFERENCES client (id))")) {
      String thousand =
          engine == Engine.MARIADB ? "seq_1_to_1000" : "generate_series(1, 1000) AS s(seq)";
      keyed.does(
          "INSERT INTO client (name) SELECT seq FROM " + thousand + " ORDER BY seq",
          "INSERT INTO invoice (client) SELECT seq FROM " + thousand,
          "INSERT INTO invoice (client) SELECT seq FROM " + thousand);
      long above = Long.parseLong(keyed.rows("SELECT max(id) FROM client").get(0));
      long[] keys = LongStream.rangeClosed(1, above).toArray();
      RenumberPlan plan = keyed.renumberTo("client", 5000, null, keys);

      assertThat(plan.references().get(0).rows()).isEqualTo(2000);
      assertThat(
              keyed.rows(
                  "SELECT count(*), min(id) FROM client WHERE name IN ('1', '7') OR id > 5000"))
          .containsExactly("1000|5001");
      assertThat(keyed.rows("SELECT count(*), count(DISTINCT client) FROM invoice"))
          .containsExactly("2000|1000");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsAnotherPlanByNow(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            "CREATE TABLE invoice (id "
                + SERIAL
                + ", client int NOT NULL, FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (name) VALUES ('a'), ('b')")) {
      RenumberPlan plan = keyed.plan("client", 2);
      keyed.does("INSERT INTO invoice (client) VALUES (2)");
      assertThat(keyed.refuses(() -> keyed.apply(plan)).details())
          .containsExactly("public.invoice");
      RenumberPlan again = keyed.plan("client", 2);
      keyed.does("INSERT INTO client (name) VALUES ('c')");
      assertThat(keyed.refuses(() -> keyed.apply(again)).details())
          .containsExactly("public.client");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesKeysThatAreNoNumbersOfTheDatabases(Engine engine) {
    try (Keyed keyed =
        Keyed.of(
            engine,
            "CREATE TABLE plain (id int PRIMARY KEY)",
            "CREATE TABLE named (id varchar(5) PRIMARY KEY)",
            "CREATE TABLE two (a int, b int, PRIMARY KEY (a, b))",
            "INSERT INTO plain VALUES (1)",
            "INSERT INTO two VALUES (1, 1)")) {
      assertThat(keyed.refuses(() -> keyed.plan("plain", 1)).what()).contains("draws no numbers");
      assertThat(keyed.refuses(() -> keyed.plan("named", 1)).what()).contains("no whole number");
      assertThat(keyed.refuses(() -> keyed.plan("two", 1)).what()).contains("several columns");
      assertThat(keyed.refuses(() -> keyed.plan("plein", 1)).hint()).contains("plain");
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsNoLongerThanItMayForTheApplication(Engine engine) throws SQLException {
    try (Keyed keyed =
            Keyed.of(
                engine,
                CLIENT,
                "CREATE TABLE invoice (id "
                    + SERIAL
                    + ", client int NOT NULL, FOREIGN KEY (client) REFERENCES client (id))",
                "INSERT INTO client (name) VALUES ('a'), ('b')",
                "INSERT INTO invoice (client) VALUES (2)");
        Connection application = keyed.there.connect()) {
      application.setAutoCommit(false);
      try (Statement statement = application.createStatement()) {
        statement.execute("INSERT INTO invoice (client) VALUES (1)");
        RenumberPlan plan = keyed.plan("client", 2);
        long begin = System.nanoTime();
        keyed.refuses(() -> keyed.apply(plan));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
        application.rollback();
        keyed.apply(plan);
      }
      assertThat(keyed.rows("SELECT client FROM invoice")).containsExactly("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoReferencesTheRowMeanwhileLosesNothing(Engine engine) throws Exception {
    try (Keyed keyed =
        Keyed.of(
            engine,
            CLIENT,
            "CREATE TABLE invoice (id "
                + SERIAL
                + ", client int NOT NULL, FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (name) VALUES ('a'), ('b')")) {
      AtomicBoolean done = new AtomicBoolean();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      Thread application =
          new Thread(
              () -> {
                while (!done.get()) {
                  try {
                    keyed.does(
                        "INSERT INTO invoice (client) SELECT id FROM client WHERE name = 'b'");
                  } catch (IllegalStateException e) {
                    failures.add(e.getMessage());
                  }
                  LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                }
              });
      application.start();
      int renumbered = 0;
      for (int i = 0; i < 100 && renumbered < 3; i++) {
        long key = Long.parseLong(keyed.rows("SELECT id FROM client WHERE name = 'b'").get(0));
        try {
          keyed.renumber("client", key);
          renumbered++;
        } catch (SyncException e) {
          // The plan was another by then.
          assertThat(e.kind()).isEqualTo(SyncException.Kind.REFUSED);
        }
      }
      done.set(true);
      application.join();
      assertThat(keyed.rows("SELECT count(*) FROM client")).containsExactly("2");
      assertThat(
              keyed.rows(
                  "SELECT count(*) FROM invoice WHERE client <> (SELECT id FROM client WHERE name ="
                      + " 'b')"))
          .containsExactly("0");
      assertThat(renumbered).isPositive();
      // Who had read the old key already is told that it is gone.
      assertThat(failures).allMatch(what -> what.contains("foreign key"));
    }
  }
}
