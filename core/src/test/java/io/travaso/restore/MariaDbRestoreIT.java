package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;

class MariaDbRestoreIT extends RestoreContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String[] makeAccount(String name, String password) {
    return new String[] {
      "CREATE USER %s IDENTIFIED BY '%s'".formatted(name, password.replace("'", "''")),
      "GRANT ALL ON *.* TO %s WITH GRANT OPTION".formatted(name),
      "CREATE USER weak_%s IDENTIFIED BY 'weak'".formatted(name),
    };
  }

  @Override
  String dropAccount(String name) {
    return "DROP USER %1$s, weak_%1$s".formatted(name);
  }

  @Override
  String[] extras() {
    return new String[] {
      "CREATE TABLE kept (id int AUTO_INCREMENT PRIMARY KEY, v varchar(50) COMMENT 'it''s', parent"
          + " int, f float, b blob, CONSTRAINT `its parent` FOREIGN KEY (parent) REFERENCES kept"
          + " (id))",
      "INSERT INTO kept (id, v, parent, f, b) SELECT seq, CONCAT('v', seq, 'è\\n"
          + "''\"'), IF(seq > 1, 1, NULL), 16777216 + seq, UNHEX('00ff0a0d5c27') FROM seq_1_to_20",
      "CREATE TABLE versioned (id int PRIMARY KEY, v int) WITH SYSTEM VERSIONING",
      "INSERT INTO versioned VALUES (1, 1), (2, 2)",
      "CREATE SEQUENCE numbers START 5 NOCACHE",
      "DO NEXTVAL(numbers)",
      "CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2",
      "CREATE PROCEDURE says() BEGIN SELECT 'it''s; -- no'; END",
      "CREATE VIEW looks AS SELECT id, twice(id) AS t FROM kept",
      "CREATE VIEW checked AS SELECT id FROM kept WHERE id < 100 WITH CASCADED CHECK OPTION",
      "CREATE VIEW above AS SELECT t FROM looks",
      "CREATE TRIGGER touch BEFORE UPDATE ON kept FOR EACH ROW SET NEW.v = CONCAT(NEW.v, '!')",
      "CREATE EVENT yearly ON SCHEDULE EVERY 1 YEAR DO DELETE FROM kept",
      "GRANT SELECT ON `%s`.* TO weak_%s".formatted(database.name(), account),
      "GRANT EXECUTE ON PROCEDURE says TO " + database.user(),
    };
  }

  @Override
  String[] changes() {
    return new String[] {
      "DROP VIEW looks",
      "CREATE TABLE looks (id int)",
      "UPDATE kept SET v = 'changed'",
      "DELETE FROM kept WHERE id > 10",
      "INSERT INTO kept (v) VALUES ('new')",
      "DO NEXTVAL(numbers)",
      "DROP TRIGGER touch",
      "CREATE TRIGGER another AFTER DELETE ON kept FOR EACH ROW SET @x = 1",
      "DROP FUNCTION twice",
      "CREATE FUNCTION appears() RETURNS int RETURN 1",
      "DROP EVENT yearly",
      "CREATE TABLE appeared (id int AUTO_INCREMENT PRIMARY KEY, k int REFERENCES kept (id))",
      "INSERT INTO appeared VALUES (7, 1)",
      "CREATE VIEW versions AS SELECT * FROM versioned",
      "DROP TABLE anagrafiche_contattoemail",
    };
  }

  @Override
  String runs() {
    return "INSERT INTO travaso_run VALUES ('r', NOW(), NOW(), 'c', 's', 't', 'me', '1', 'applied',"
        + " NULL, NULL, NULL, NULL, '[]')";
  }

  @Override
  List<String> contents() {
    List<String> all = new ArrayList<>();
    for (String table : database.tables()) {
      database.table(table).forEach(row -> all.add(table + "|" + row));
      add("SHOW CREATE TABLE " + table, all);
    }
    for (String question :
        List.of(
            "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema ="
                + " DATABASE()",
            "SELECT table_name, view_definition, check_option, definer, security_type,"
                + " character_set_client, collation_connection FROM information_schema.views WHERE"
                + " table_schema = DATABASE()",
            "SELECT routine_type, routine_name, routine_definition, definer, sql_mode,"
                + " security_type, is_deterministic, character_set_client, collation_connection,"
                + " database_collation FROM information_schema.routines WHERE routine_schema ="
                + " DATABASE()",
            "SELECT trigger_name, event_object_table, action_statement, action_timing, definer,"
                + " sql_mode, character_set_client, collation_connection FROM"
                + " information_schema.triggers WHERE trigger_schema = DATABASE()",
            "SELECT event_name, event_definition, definer, status, starts, time_zone, sql_mode"
                + " FROM information_schema.events WHERE event_schema = DATABASE()",
            "SELECT constraint_name, table_name, unique_constraint_schema, referenced_table_name"
                + " FROM information_schema.referential_constraints WHERE constraint_schema ="
                + " DATABASE()",
            "SELECT routine_name, grantor, proc_priv, user FROM mysql.procs_priv WHERE db ="
                + " DATABASE()",
            "SELECT * FROM information_schema.schemata WHERE schema_name = DATABASE()",
            "SELECT next_not_cached_value FROM numbers",
            "SELECT * FROM above")) {
      add(question, all);
    }
    return all.stream().sorted().toList();
  }

  private void add(String question, List<String> all) {
    try (Sql sql = Sql.connect(maintenance())) {
      sql.rows(question, question).forEach(row -> all.add(question + "|" + row));
    } catch (SyncException e) {
      all.add(question + "|" + e.what());
    }
  }

  @Override
  List<String> databases() {
    try (Sql sql = Sql.connect(settings("information_schema"))) {
      return sql.column("Listing databases", "SELECT schema_name FROM schemata ORDER BY 1");
    }
  }

  @Override
  List<String> owners() {
    return database.rows(
        "SELECT SUBSTRING_INDEX(definer, '@', 1) FROM information_schema.views WHERE table_schema ="
            + " DATABASE() UNION SELECT SUBSTRING_INDEX(definer, '@', 1) FROM"
            + " information_schema.triggers WHERE trigger_schema = DATABASE() UNION SELECT"
            + " SUBSTRING_INDEX(definer, '@', 1) FROM information_schema.routines WHERE"
            + " routine_schema = DATABASE() UNION SELECT SUBSTRING_INDEX(definer, '@', 1) FROM"
            + " information_schema.events WHERE event_schema = DATABASE()");
  }

  @Override
  ConnectionSettings weak() {
    return settings("weak_" + account, "weak");
  }
}
