package io.travaso.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.backup.MariaDbClient;
import io.travaso.backup.MariaDbScript;
import io.travaso.backup.ToolBox;
import io.travaso.database.ConnectionSettings;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbRestoreIT extends RestoreContract {
  private static final MariaDbScript NONSENSE =
      new MariaDbScript("CREATE VIEW v AS SELECT nothing;\n", List.of());

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
                + " DATABASE() AND table_name NOT LIKE 'travaso\\_%'",
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

  /** As far as a swap comes before it moves the tables. */
  @Test
  void takesBackASwapThatWasKilledBeforeTheTablesMoved() {
    List<String> before = contents();
    Beside killed = whole().create("restore");
    killed.load(dump);
    MariaDbClient client = MariaDbClient.find(ToolBox.here(null));
    try (Sql sql = Sql.connect(maintenance())) {
      MariaDbScript old = client.definitions(maintenance());
      MariaDbJournal.write(sql, killed.settings().database(), old, NONSENSE, killed.oldName());
      MariaDbObjects.dropTriggers(sql, database.name());
    }
    assertThat(contents()).isNotEqualTo(before);

    whole().create("verify").close();

    assertSame(before, contents());
    assertThat(told).anyMatch(line -> line.contains("all is as before it"));
    assertThat(told)
        .anyMatch(line -> line.contains("DROP DATABASE `" + killed.settings().database()));
    killed.close();
  }

  @Test
  void finishesASwapThatWasKilledAfterTheTablesMoved() {
    List<String> before = contents();
    database.executeAsAdmin(changes());
    Beside killed = whole().create("restore");
    killed.load(dump);
    String fresh = killed.settings().database();
    MariaDbClient client = MariaDbClient.find(ToolBox.here(null));
    try (Sql sql = Sql.connect(maintenance())) {
      MariaDbScript old = client.definitions(maintenance());
      MariaDbScript after = client.definitions(killed.settings());
      MariaDbJournal.write(sql, fresh, old, after, killed.oldName());
      sql.run("As a swap does", MariaDbSwap.like(sql, database.name(), killed.oldName()));
      MariaDbObjects.dropTriggers(sql, fresh);
      MariaDbObjects.dropTriggers(sql, database.name());
      MariaDbObjects.dropViews(sql, database.name(), List.of("versions"));
      sql.run(
          "As a swap does",
          new MariaDbSwap(
                  new Replacement(
                      usual(), maintenance(), ToolBox.here(null), Progress.SILENT, false),
                  new BesideNames(fresh, killed.oldName()),
                  client)
              .rename(
                  sql,
                  MariaDbObjects.tables(sql, database.name()),
                  MariaDbObjects.tables(sql, fresh)));
    }

    whole().create("verify").close();

    assertSame(
        before.stream().filter(line -> !line.contains("yearly")).toList(),
        contents().stream().filter(line -> !line.contains("yearly")).toList());
    assertThat(told).anyMatch(line -> line.contains("the swap is finished now"));
    assertThat(told).anyMatch(line -> line.contains("DROP DATABASE `" + killed.oldName()));
    killed.close();
  }

  @Test
  void movesTheTablesBackWhereTheRestCannotBeMade() {
    List<String> before = contents();
    try (Beside beside = whole().create("restore")) {
      beside.load(dump);
      MariaDbClient client = MariaDbClient.find(ToolBox.here(null));
      MariaDbSwap swap =
          new MariaDbSwap(
              new Replacement(usual(), maintenance(), ToolBox.here(null), Progress.SILENT, false),
              new BesideNames(beside.settings().database(), beside.oldName()),
              client);
      try (Sql sql = Sql.connect(settings("information_schema"))) {
        assertThatThrownBy(() -> swap.run(sql, NONSENSE))
            .isInstanceOf(SyncException.class)
            .hasMessageContaining("could not make views, routines, triggers and events");
      }
    }
    assertSame(before, contents());
  }

  @Test
  void refusesADumpOfANewerServer() throws IOException {
    byte[] script;
    try (InputStream in = new ZstdInputStream(Files.newInputStream(dump))) {
      script = in.readAllBytes();
    }
    String newer =
        new String(script, ISO_8859_1)
            .replaceFirst("Server version\t[\\d.]+", "Server version\t99.1.2");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(dump))) {
      out.write(newer.getBytes(ISO_8859_1));
    }

    assertThatThrownBy(() -> restore(whole()))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("was taken from MariaDB 99.1, and this server is");
  }
}
