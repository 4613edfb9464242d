package io.travaso.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What PostgreSQL alone has. */
class RenumberPostgresIT {
  private static final String ALWAYS =
      "CREATE TABLE client (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
          + " email text NOT NULL UNIQUE, parent int REFERENCES client)";

  private static Keyed keyed(String... schema) {
    return Keyed.of(Engine.POSTGRESQL, schema);
  }

  @Test
  void keysThatAreAlwaysDrawnAreDrawn() {
    try (Keyed keyed =
        keyed(
            ALWAYS,
            "CREATE TABLE invoice (id serial PRIMARY KEY, client int REFERENCES client)",
            "INSERT INTO client (email, parent) VALUES ('a', NULL), ('b', 1), ('c', 1), ('d', 3)",
            "INSERT INTO invoice (client) VALUES (1), (3), (4)")) {
      assertThat(keyed.renumberTo("client", 10, null, 3, 1).keys())
          .containsExactly(new FreshKey(1, 11), new FreshKey(3, 12));
      assertThat(keyed.rows("SELECT id, email, parent FROM client ORDER BY email"))
          .containsExactly("11|a|\\N", "2|b|11", "12|c|11", "4|d|12");
      assertThat(keyed.rows("SELECT client FROM invoice ORDER BY id"))
          .containsExactly("11", "12", "4");
      keyed.does("INSERT INTO client (email) VALUES ('e')");
      assertThat(keyed.rows("SELECT id FROM client WHERE email = 'e'")).containsExactly("13");
      keyed.renumberTo("client", 0, 20L, 2);
      assertThat(keyed.rows("SELECT id FROM client WHERE email = 'b'")).containsExactly("20");
      assertThat(keyed.refuses(() -> keyed.renumberTo("client", 0, 15L, 4)).what())
          .contains("GENERATED ALWAYS");
    }
  }

  @Test
  void manyKeysThatAreAlwaysDrawnGoToTheRowsAsPlanned() {
    try (Keyed keyed =
        keyed(
            ALWAYS,
            "INSERT INTO client (email) SELECT n FROM generate_series(1, 2000) AS n",
            // Their places in the table are in another order than their keys.
            "UPDATE client SET email = email || 'x' WHERE id % 3 = 0",
            "UPDATE client SET parent = id - 1 WHERE id > 1",
            "ANALYZE client")) {
      keyed.renumberTo("client", 5000, null, LongStream.rangeClosed(501, 1500).toArray());
      assertThat(keyed.rows("SELECT count(*) FROM client WHERE id = rtrim(email, 'x')::int + 4500"))
          .containsExactly("1000");
      assertThat(keyed.rows("SELECT count(*) FROM client WHERE parent BETWEEN 5001 AND 6000"))
          .containsExactly("1000");
    }
  }

  @Test
  void followsReferencesInEverySchemaAndThoseThatAreDeferred() {
    try (Keyed keyed =
        keyed(
            "CREATE SCHEMA shop",
            "CREATE TABLE client (id bigserial PRIMARY KEY)",
            "CREATE TABLE shop.client (id bigserial PRIMARY KEY, other bigint REFERENCES"
                + " public.client DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE shop.\"Odd \"\"name\" (\"a b\" int REFERENCES shop.client, c int"
                + " REFERENCES public.client ON UPDATE CASCADE)",
            "INSERT INTO client VALUES (1), (2)",
            "INSERT INTO shop.client VALUES (1, 1), (2, 2)",
            "INSERT INTO shop.\"Odd \"\"name\" VALUES (1, 2), (2, 1)")) {
      keyed.does("SELECT setval('client_id_seq', 2), setval('shop.client_id_seq', 2)");
      keyed.renumber("client", 1);
      assertThat(keyed.rows("SELECT * FROM shop.client ORDER BY id")).containsExactly("1|3", "2|2");
      assertThat(keyed.rows("SELECT * FROM shop.\"Odd \"\"name\" ORDER BY 1"))
          .containsExactly("1|2", "2|3");
      keyed.renumber("shop.client", 1);
      assertThat(keyed.rows("SELECT * FROM shop.client ORDER BY id")).containsExactly("2|2", "3|3");
      assertThat(keyed.rows("SELECT * FROM shop.\"Odd \"\"name\" ORDER BY 1"))
          .containsExactly("2|3", "3|2");
    }
  }

  @Test
  void aSequenceThatIsBehindItsTableIsNoDanger() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY, v text)",
            "INSERT INTO client VALUES (1, 'a'), (2, 'b'), (7, 'c')")) {
      assertThat(keyed.renumber("client", 1).keys()).containsExactly(new FreshKey(1, 8));
      keyed.does("INSERT INTO client (v) VALUES ('d')");
      assertThat(keyed.rows("SELECT id FROM client WHERE v = 'd'")).containsExactly("9");
    }
  }

  @Test
  void drawsFromTheClassOfItsSequence() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY, v text)",
            "ALTER SEQUENCE client_id_seq INCREMENT BY 3 START WITH 2 RESTART WITH 2",
            "INSERT INTO client (v) VALUES ('a'), ('b')")) {
      assertThat(keyed.renumberTo("client", 100, null, 2, 5).keys())
          .containsExactly(new FreshKey(2, 101), new FreshKey(5, 104));
      keyed.renumberTo("client", 0, 200L, 104);
      keyed.does("INSERT INTO client (v) VALUES ('c')");
      assertThat(keyed.rows("SELECT id FROM client WHERE v = 'c'")).containsExactly("203");
    }
  }

  @Test
  void refusesWhenATriggerChangesMore() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY, v text)",
            "CREATE TABLE invoice (id serial PRIMARY KEY, client int REFERENCES client, v text)",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "INSERT INTO invoice (client, v) VALUES (1, 'a'), (2, 'b')",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                + " UPDATE client SET v = v || ''!'' WHERE id = 1; RETURN NULL; END'",
            "CREATE TRIGGER g AFTER UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION f()")) {
      assertThat(keyed.refuses(() -> keyed.renumber("client", 2)).what()).contains("reads back");
      keyed.does(
          "DROP TRIGGER g ON invoice",
          "CREATE FUNCTION k() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
          "CREATE TRIGGER g BEFORE UPDATE ON client FOR EACH ROW EXECUTE FUNCTION k()");
      keyed.refuses(() -> keyed.renumber("client", 2));
    }
  }

  @Test
  void letsTriggersDoWhatChangesNothingElse() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY, v text)",
            "CREATE TABLE audit (at timestamptz, what text)",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                + " INSERT INTO audit VALUES (now(), OLD.id || '' '' || NEW.id); RETURN NULL; END'",
            "CREATE TRIGGER g AFTER UPDATE ON client FOR EACH ROW EXECUTE FUNCTION f()")) {
      keyed.renumber("client", 2);
      assertThat(keyed.rows("SELECT what FROM audit")).containsExactly("2 3");
    }
  }

  @Test
  void refusesReferencesThatCannotFollow() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY)",
            "CREATE TABLE twin (id int PRIMARY KEY)",
            "CREATE TABLE pair (id int REFERENCES client, FOREIGN KEY (id) REFERENCES twin)",
            "INSERT INTO client VALUES (1), (2)",
            "SELECT setval('client_id_seq', 2)",
            "INSERT INTO twin VALUES (1), (2)",
            "INSERT INTO pair VALUES (1)")) {
      assertThat(keyed.refuses(() -> keyed.plan("client", 1)).details())
          .containsExactly("public.pair.id is at the same time a key of public.twin");
      keyed.renumber("client", 2);
    }
  }

  @Test
  void namesTheRightsThatAreMissing() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id serial PRIMARY KEY)",
            "CREATE TABLE invoice (client int REFERENCES client)",
            "INSERT INTO client VALUES (1)")) {
      keyed.does("REVOKE UPDATE ON invoice FROM app");
      assertThat(keyed.refuses(() -> keyed.plan("client", 1)).details())
          .containsExactly("GRANT UPDATE ON \"public\".\"invoice\" TO \"app\";");
    }
  }

  @Test
  void rowsThatGoToAnotherPartitionAreNotTakenForDeleted() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id bigserial PRIMARY KEY, v text) PARTITION BY RANGE (id)",
            "CREATE TABLE low PARTITION OF client FOR VALUES FROM (0) TO (100)",
            "CREATE TABLE high PARTITION OF client FOR VALUES FROM (100) TO (1000)",
            "CREATE TABLE invoice (id int, client bigint REFERENCES client ON DELETE CASCADE)",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "INSERT INTO invoice VALUES (1, 1), (2, 2)")) {
      keyed.renumberTo("client", 200, null, 2);
      assertThat(keyed.rows("SELECT tableoid::regclass, id, v FROM client ORDER BY id"))
          .containsExactly("low|1|a", "high|201|b");
      assertThat(keyed.rows("SELECT * FROM invoice ORDER BY id")).containsExactly("1|1", "2|201");
      // There is no partition for it.
      keyed.refuses(() -> keyed.renumberTo("client", 2000, null, 1));
    }
  }

  @Test
  void aKeyThatAReferenceHasNoRoomForIsRefused() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id bigserial PRIMARY KEY)",
            "CREATE TABLE invoice (client smallint REFERENCES client)",
            "INSERT INTO client DEFAULT VALUES",
            "INSERT INTO invoice VALUES (1)")) {
      keyed.refuses(() -> keyed.renumberTo("client", 40000, null, 1));
      keyed.renumberTo("client", 0, 30000L, 1);
      assertThat(keyed.rows("SELECT client FROM invoice")).containsExactly("30000");
    }
  }
}
