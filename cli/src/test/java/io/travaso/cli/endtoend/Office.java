package io.travaso.cli.endtoend;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A database of the small application all tests use: an office's customers and their cases, with
 * its users, who have other ids in prod. Customers 1 to 100 and cases 1 to 20 are in both.
 */
final class Office implements AutoCloseable {
  private static final String SCHEMA =
      """
      CREATE TABLE auth_user (id serial PRIMARY KEY, username text NOT NULL UNIQUE);
      CREATE TABLE clienti_cliente (
        id serial PRIMARY KEY, codice text NOT NULL UNIQUE, nome text NOT NULL,
        tariffa numeric(8,2) NOT NULL, preferenze jsonb, visto timestamptz,
        responsabile_id int REFERENCES auth_user DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE pratiche_pratica (
        id serial PRIMARY KEY, titolo text NOT NULL,
        cliente_id int NOT NULL REFERENCES clienti_cliente DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE altro (id int PRIMARY KEY, testo text);
      INSERT INTO altro VALUES (1, 'not in the set');
      """;

  private static final String USERS_OF_DEV =
      "INSERT INTO auth_user (username) VALUES ('anna'), ('bruno');";

  private static final String USERS_OF_PROD =
      "INSERT INTO auth_user (id, username) VALUES (11, 'bruno'), (12, 'anna');";

  private static final String ROWS =
      """
      INSERT INTO clienti_cliente (codice, nome, tariffa, preferenze, visto, responsabile_id)
        SELECT 'C' || n, 'Cliente ' || n, n * 1.5, '{"lingua": "it"}',
          timestamptz '2026-01-01 00:00:00.123456+00' + n * interval '1 day',
          (SELECT id FROM auth_user WHERE username = CASE n % 2 WHEN 0 THEN 'anna' ELSE 'bruno' END)
        FROM generate_series(1, 100) n;
      INSERT INTO pratiche_pratica (titolo, cliente_id)
        SELECT 'Pratica ' || n, n FROM generate_series(1, 20) n;
      """;

  private final TestDatabase database;

  private Office(TestDatabase database) {
    this.database = database;
  }

  static Office dev(PostgresServer server) {
    return open(server, USERS_OF_DEV + ROWS);
  }

  static Office prod(PostgresServer server) {
    return open(server, USERS_OF_PROD + ROWS);
  }

  private static Office open(PostgresServer server, String rows) {
    TestDatabase database = server.newDatabase();
    database.execute(SCHEMA + rows);
    return new Office(database);
  }

  TestDatabase database() {
    return database;
  }

  void execute(String... sql) {
    database.execute(sql);
  }

  /** What happened since: dev has customer 101 and another rate for 50. */
  Office everydayOfDev() {
    execute(
        "INSERT INTO clienti_cliente (codice, nome, tariffa, responsabile_id)"
            + " VALUES ('C101', 'Nuovo', 48.5, 1)",
        "UPDATE clienti_cliente SET tariffa = 72 WHERE id = 50",
        "INSERT INTO pratiche_pratica (titolo, cliente_id) VALUES ('Pratica 21', 101)");
    return this;
  }

  /** What happened since: prod has customer 102. */
  Office everydayOfProd() {
    execute(
        "INSERT INTO clienti_cliente (id, codice, nome, tariffa) VALUES (102, 'C102', 'Altro', 5)");
    return this;
  }

  /** One customer, as text. */
  List<String> customer(int id) {
    return database.rows(
        "SELECT c.id, codice, nome, tariffa, username FROM clienti_cliente c"
            + " LEFT JOIN auth_user u ON u.id = responsabile_id WHERE c.id = "
            + id);
  }

  /** Every row of every table as the server's text, but for the tool's own notes. */
  Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table :
        database.rows(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN"
                + " ('pg_catalog', 'information_schema', 'travaso')"
                + " AND schemaname NOT LIKE 'pg\\_temp\\_%'")) {
      rows.put(table, database.rows("SELECT t::text FROM " + table + " t ORDER BY 1"));
    }
    return rows;
  }

  /** Rows of the set alone. */
  List<String> set() {
    return database.rows(
        "SELECT c::text FROM (SELECT codice, nome, tariffa, preferenze, visto, username FROM"
            + " clienti_cliente LEFT JOIN auth_user u ON u.id = responsabile_id) c"
            + " UNION ALL SELECT p::text FROM pratiche_pratica p ORDER BY 1");
  }

  /** Waits until nobody but so many others is connected. */
  void awaitOnly(int others) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Integer.parseInt(
            database
                .rows(
                    "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()")
                .get(0))
        > others) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Still connected: "
                + database.rows("SELECT query FROM pg_stat_activity WHERE datname IS NOT NULL"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Whether the tool has left anything there. */
  boolean hasLedger() {
    return !database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'travaso'").isEmpty();
  }

  @Override
  public void close() {
    database.close();
  }
}
