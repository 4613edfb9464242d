package io.travaso.cloning;

import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

class PostgresCloneIT extends CloneContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String[] makeAccount(String name, String password) {
    return new String[] {"CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'".formatted(name, password)};
  }

  @Override
  String dropAccount(String name) {
    return "DROP ROLE " + name;
  }

  @Override
  String[] extras() {
    return new String[] {
      "CREATE SCHEMA archivio",
      "CREATE TYPE archivio.colore AS ENUM ('rosso', 'verde')",
      "CREATE TABLE archivio.registro (quando date NOT NULL, n int GENERATED ALWAYS AS IDENTITY,"
          + " tinta archivio.colore, doppio int GENERATED ALWAYS AS (n * 2) STORED) PARTITION BY"
          + " RANGE (quando)",
      "CREATE TABLE archivio.registro_1 PARTITION OF archivio.registro FOR VALUES FROM"
          + " ('2020-01-01') TO ('2024-01-01')",
      "CREATE TABLE archivio.registro_2 PARTITION OF archivio.registro DEFAULT",
      "INSERT INTO archivio.registro (quando, tinta) SELECT date '2022-01-01' + g * 30, 'verde'"
          + " FROM generate_series(1, 50) AS g",
      "CREATE VIEW aperte AS SELECT id, codice FROM pratiche_pratica WHERE stato <> 'chiusa'",
      "CREATE MATERIALIZED VIEW conti AS SELECT count(*) AS n FROM pratiche_pratica",
      "CREATE FUNCTION vieta() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION"
          + " ''fired''; END'",
      "CREATE TRIGGER vietato BEFORE INSERT ON pratiche_tipopratica FOR EACH ROW EXECUTE FUNCTION"
          + " vieta()",
      "CREATE SEQUENCE numeri START 7; SELECT nextval('numeri')",
    };
  }

  @Override
  List<String> structure(TestDatabase database) {
    List<String> all = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT conrelid::regclass || conname || convalidated ||"
                // Once it was dumped, the server shows the casts of a list in another place.
                + " regexp_replace(pg_get_constraintdef(oid), '::(character"
                + " varying|text)|[()]|\\[\\]', '', 'g') FROM pg_constraint WHERE connamespace <>"
                + " 'information_schema'::regnamespace AND connamespace <>"
                + " 'pg_catalog'::regnamespace",
            "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'archivio')",
            "SELECT tgrelid::regclass || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT"
                + " tgisinternal",
            "SELECT viewname || definition FROM pg_views WHERE schemaname IN ('public',"
                + " 'archivio')",
            "SELECT matviewname || definition || ispopulated FROM pg_matviews",
            "SELECT n::text FROM conti",
            "SELECT x::text FROM archivio.registro AS x",
            "SELECT tableoid::regclass || count(*)::text FROM archivio.registro GROUP BY tableoid",
            "SELECT last_value::text FROM numeri",
            "SELECT relowner::regrole || relname FROM pg_class AS c WHERE relnamespace IN"
                + " ('public'::regnamespace, 'archivio'::regnamespace)",
            "SELECT c.oid::regclass || attname || format_type(atttypid, atttypmod) || attnotnull ||"
                + " coalesce(pg_get_expr(adbin, adrelid), '') FROM pg_attribute JOIN pg_class AS c"
                + " ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum ="
                + " attnum WHERE attnum > 0 AND NOT attisdropped AND relnamespace IN"
                + " ('public'::regnamespace, 'archivio'::regnamespace)")) {
      all.addAll(database.rows(query));
    }
    return all.stream().sorted().toList();
  }

  @Override
  String databases(String word) {
    return "SELECT datname FROM pg_database WHERE datname LIKE '%"
        + word.replace("_", "\\_")
        + "%'";
  }

  @Override
  void breakKeys(TestDatabase database, String sql) {
    database.executeAsAdmin("SET session_replication_role = replica", sql);
  }

  @Override
  String joined(List<String> values) {
    return "concat_ws('|', "
        + String.join(", ", values.stream().map(v -> v + "::text").toList())
        + ")";
  }
}
