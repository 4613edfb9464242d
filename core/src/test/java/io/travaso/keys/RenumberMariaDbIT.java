package io.travaso.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import org.junit.jupiter.api.Test;

/** What MariaDB alone has. */
class RenumberMariaDbIT {
  private static Keyed keyed(String... schema) {
    return Keyed.of(Engine.MARIADB, schema);
  }

  @Test
  void drawsFromASequence() {
    try (Keyed keyed =
        keyed(
            "CREATE SEQUENCE s CACHE 1",
            "CREATE TABLE client (id bigint DEFAULT nextval(s) PRIMARY KEY, v varchar(9))",
            "CREATE TABLE invoice (id int AUTO_INCREMENT PRIMARY KEY, client bigint,"
                + " FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "INSERT INTO invoice (client) VALUES (2)")) {
      keyed.renumberTo("client", 40, null, 2);
      assertThat(keyed.rows("SELECT client FROM invoice")).containsExactly("41");
      keyed.does("INSERT INTO client (v) VALUES ('c')");
      assertThat(keyed.rows("SELECT id, v FROM client ORDER BY id"))
          .containsExactly("1|a", "41|b", "42|c");
    }
  }

  @Test
  void leavesTheTimeOfTheLastChange() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id int AUTO_INCREMENT PRIMARY KEY,"
                + " at timestamp DEFAULT current_timestamp ON UPDATE current_timestamp)",
            "INSERT INTO client (at) VALUES ('2020-01-02 03:04:05'), ('2021-01-02 03:04:05')")) {
      keyed.renumber("client", 1);
      assertThat(keyed.rows("SELECT id, year(at) FROM client ORDER BY id"))
          .containsExactly("2|2021", "3|2020");
    }
  }

  @Test
  void refusesTablesThatNoRollbackRestores() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id int AUTO_INCREMENT PRIMARY KEY) ENGINE = MyISAM",
            "INSERT INTO client VALUES (1)")) {
      assertThat(keyed.refuses(() -> keyed.plan("client", 1)).details())
          .containsExactly("public.client: what is written to it can't be taken back");
    }
  }

  @Test
  void refusesWhenATriggerChangesMore() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9))",
            "CREATE TABLE invoice (id int AUTO_INCREMENT PRIMARY KEY, client int,"
                + " FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "INSERT INTO invoice (client) VALUES (2)",
            "CREATE TRIGGER g AFTER UPDATE ON invoice FOR EACH ROW"
                + " UPDATE client SET v = 'x' WHERE id = 1")) {
      assertThat(keyed.refuses(() -> keyed.renumber("client", 2)).what()).contains("reads back");
      keyed.does(
          "DROP TRIGGER g",
          "CREATE TRIGGER g AFTER UPDATE ON client FOR EACH ROW"
              + " INSERT INTO invoice (client) VALUES (77)");
      keyed.refuses(() -> keyed.renumber("client", 2));
    }
  }

  @Test
  void followsReferencesFromAnotherDatabase() {
    try (Keyed keyed =
            keyed(
                "CREATE TABLE client (id int AUTO_INCREMENT PRIMARY KEY)",
                "INSERT INTO client VALUES (1), (2)");
        Keyed other = keyed()) {
      String here = keyed.there.name();
      other.does(
          "CREATE TABLE invoice (client int, FOREIGN KEY (client) REFERENCES "
              + here
              + ".client (id) ON UPDATE CASCADE)",
          "INSERT INTO invoice VALUES (1), (2)");
      keyed.renumber("client", 2);
      assertThat(other.rows("SELECT client FROM invoice ORDER BY 1")).containsExactly("1", "3");
      other.does("DROP TABLE invoice");
    }
  }

  @Test
  void keepsTheHistoryOfVersionedTables() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE client (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, v varchar(9))"
                + " WITH SYSTEM VERSIONING",
            "CREATE TABLE invoice (id int AUTO_INCREMENT PRIMARY KEY, client bigint unsigned,"
                + " FOREIGN KEY (client) REFERENCES client (id))",
            "INSERT INTO client (v) VALUES ('a'), ('b')",
            "INSERT INTO invoice (client) VALUES (2)")) {
      keyed.renumber("client", 2);
      assertThat(keyed.rows("SELECT id FROM client ORDER BY id")).containsExactly("1", "3");
      assertThat(keyed.rows("SELECT id FROM client FOR SYSTEM_TIME ALL ORDER BY id"))
          .containsExactly("1", "2", "3");
    }
  }

  @Test
  void aKeyThatAReferenceHasNoRoomForIsRefused() {
    try (Keyed keyed =
        keyed(
            "CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(50),"
                + " model varchar(50))",
            "INSERT INTO django_content_type VALUES (7, 'shop', 'client')",
            "CREATE TABLE shop_client (id int AUTO_INCREMENT PRIMARY KEY)",
            "CREATE TABLE note (content_type_id int, object_id tinyint,"
                + " FOREIGN KEY (content_type_id) REFERENCES django_content_type (id))",
            "INSERT INTO shop_client VALUES (1)",
            "INSERT INTO note VALUES (7, 1)")) {
      keyed.refuses(() -> keyed.renumberTo("shop_client", 4000, null, 1));
      keyed.renumberTo("shop_client", 0, 100L, 1);
      assertThat(keyed.rows("SELECT object_id FROM note")).containsExactly("100");
    }
  }
}
