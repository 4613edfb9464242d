package io.travaso.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresRestoreIT extends RestoreContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String[] makeAccount(String name, String password) {
    return new String[] {
      "CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'".formatted(name, password.replace("'", "''")),
      "CREATE ROLE reader_" + name,
    };
  }

  @Override
  String dropAccount(String name) {
    return "DROP ROLE reader_%1$s; DROP ROLE %1$s".formatted(name);
  }

  @Override
  String[] extras() {
    return new String[] {
      "SET ROLE " + database.user(),
      "CREATE SCHEMA \"an other\"; CREATE TABLE \"an other\".kept (id serial PRIMARY KEY, v text)",
      "INSERT INTO \"an other\".kept (v) SELECT 'v' || g FROM generate_series(1, 20) AS g",
      "CREATE VIEW looks AS SELECT id, v FROM \"an other\".kept; COMMENT ON VIEW looks IS 'it''s"
          + " one'",
      "CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := NEW.v ||"
          + " ''!''; RETURN NEW; END'",
      "CREATE TRIGGER touch BEFORE UPDATE ON \"an other\".kept FOR EACH ROW EXECUTE FUNCTION"
          + " touched()",
      "CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM \"an other\".kept",
      "GRANT SELECT ON looks TO reader_" + account,
      "RESET ROLE",
      "CREATE TABLE admins (id int); GRANT SELECT ON admins TO " + database.user(),
      "GRANT CONNECT ON DATABASE %s TO reader_%s WITH GRANT OPTION"
          .formatted(database.name(), account),
      "COMMENT ON DATABASE %s IS 'the %%s office''s'".formatted(database.name()),
      "ALTER DATABASE %s SET search_path TO '$user', public, 'an other', ''"
          .formatted(database.name()),
      "ALTER DATABASE %s SET work_mem TO '5MB'".formatted(database.name()),
      "ALTER ROLE %s IN DATABASE %s SET my.thing TO 'it''s %%'"
          .formatted(database.user(), database.name()),
      "ALTER DATABASE %s CONNECTION LIMIT 50".formatted(database.name()),
    };
  }

  @Override
  String[] changes() {
    return new String[] {
      "DROP VIEW looks",
      "CREATE TABLE looks (id int)",
      "UPDATE \"an other\".kept SET v = 'changed'; DELETE FROM \"an other\".kept WHERE id > 10",
      "SELECT nextval('\"an other\".kept_id_seq') FROM generate_series(1, 100)",
      "DROP TRIGGER touch ON \"an other\".kept; DROP FUNCTION touched()",
      "CREATE TABLE appeared (id serial PRIMARY KEY); INSERT INTO appeared DEFAULT VALUES",
      "CREATE SCHEMA more; CREATE TABLE more.too (id int)",
      "DROP TABLE admins",
    };
  }

  @Override
  String runs() {
    return "INSERT INTO travaso.run VALUES ('r', now(), now(), 'c', 's', 't', 'me', '1', 'applied',"
        + " NULL, NULL, NULL, NULL, '[]')";
  }

  @Override
  List<String> contents() {
    List<String> all = new ArrayList<>();
    database
        .rows(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN"
                + " ('pg_catalog', 'information_schema', 'travaso') ORDER BY 1")
        .forEach(table -> asAdmin("SELECT x::text FROM " + table + " AS x ORDER BY 1", table, all));
    for (String question :
        List.of(
            "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE schemaname <>"
                + " 'travaso' ORDER BY 1, 2",
            "SELECT schemaname, viewname, viewowner, definition FROM pg_views WHERE schemaname !~"
                + " '^pg_|^inf' ORDER BY 1, 2",
            "SELECT schemaname, matviewname, ispopulated, definition FROM pg_matviews ORDER BY 1,"
                + " 2",
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY"
                + " 1, 2",
            "SELECT proname, prosrc, proacl FROM pg_proc WHERE pronamespace > 16000 OR pronamespace"
                + " = 'public'::regnamespace ORDER BY 1, 2",
            "SELECT nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname !~"
                + " '^pg_|travaso' ORDER BY 1",
            "SELECT c.oid::regclass, relowner::regrole, relacl, obj_description(c.oid) FROM"
                + " pg_class AS c WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE"
                + " nspname ~ '^pg_|^inf|^travaso') ORDER BY 1::text",
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE"
                + " contype <> 'c' AND connamespace NOT IN (SELECT oid FROM pg_namespace WHERE"
                + " nspname ~ '^pg_|^inf|^travaso') ORDER BY 1::text, 2",
            "SELECT datname, datdba::regrole, datcollate, datctype, encoding, datconnlimit, datacl,"
                + " shobj_description(oid, 'pg_database') FROM pg_database WHERE datname ="
                + " current_database()",
            "SELECT setrole, setconfig FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid"
                + " = setdatabase WHERE datname = current_database() ORDER BY 1")) {
      asAdmin(question, "", all);
    }
    return all.stream().sorted().toList();
  }

  private void asAdmin(String question, String label, List<String> all) {
    try (Sql sql = Sql.connect(maintenance())) {
      sql.rows(question, question).forEach(row -> all.add(label + "|" + row));
    }
  }

  @Override
  List<String> databases() {
    try (Sql sql = Sql.connect(settings("postgres"))) {
      return sql.column("Listing databases", "SELECT datname FROM pg_database ORDER BY 1");
    }
  }

  @Override
  List<String> owners() {
    return database.rows(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace NOT IN"
            + " (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|^inf|^travaso')");
  }

  @Override
  ConnectionSettings weak() {
    return usual();
  }

  @Test
  void restoresAsAnOwnerWhoMayMakeDatabases() {
    String half = "half_" + account;
    server.executeAsAdmin(
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD 'half' IN ROLE %s"
            .formatted(half, database.user()));
    try {
      List<String> before = contents();
      database.executeAsAdmin(changes());

      restore(whole(settings(half, "half")));

      assertThat(told)
          .anyMatch(
              line ->
                  line.startsWith("What belonged to ")
                      && line.endsWith(" belongs to " + half + " now, who is no member of them"))
          .anyMatch(line -> line.startsWith("As an administrator") && line.contains("it''s %"));
      // All rows are there; owners are others.
      assertThat(
              contents().stream()
                  .filter(line -> line.startsWith("public.") || line.startsWith("\"")))
          .isEqualTo(
              before.stream()
                  .filter(line -> line.startsWith("public.") || line.startsWith("\""))
                  .toList());
    } finally {
      database.executeAsAdmin(
          "REASSIGN OWNED BY %1$s TO %2$s; DROP OWNED BY %1$s".formatted(half, database.user()));
      server.executeAsAdmin("DROP ROLE " + half);
    }
  }

  @Test
  void tellsWhatAnEarlierRunLeft() {
    Beside killed = whole().create("restore");
    try {
      whole().create("verify").close();

      assertThat(told)
          .singleElement()
          .asString()
          .contains(
              killed.settings().database(), "built beside " + database.name(), "DROP DATABASE");
    } finally {
      killed.close();
    }
  }

  @Test
  void refusesADumpOfANewerServer() {
    PostgresArchive archive =
        PostgresArchive.of(";     Dumped from database version: 18.1 (Debian 18.1-1)\n");

    assertThatThrownBy(() -> archive.requireFor("a.dump", 15))
        .isInstanceOf(SyncException.class)
        .hasMessage(
            "a.dump was taken from PostgreSQL 18, and this server is 15, which can't read it");
    archive.requireFor("a.dump", 18);
  }
}
