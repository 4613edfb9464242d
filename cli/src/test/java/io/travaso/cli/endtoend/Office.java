package io.travaso.cli.endtoend;

import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.util.ArrayList;
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
  private static final String POSTGRESQL_SCHEMA =
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

  private static final String MARIADB_SCHEMA =
      """
      CREATE TABLE auth_user (id int AUTO_INCREMENT PRIMARY KEY, username varchar(150) NOT NULL UNIQUE);
      CREATE TABLE clienti_cliente (
        id int AUTO_INCREMENT PRIMARY KEY, codice varchar(20) NOT NULL UNIQUE, nome longtext NOT NULL,
        tariffa decimal(8,2) NOT NULL, preferenze json, visto datetime(6),
        responsabile_id int, FOREIGN KEY (responsabile_id) REFERENCES auth_user (id));
      CREATE TABLE pratiche_pratica (
        id int AUTO_INCREMENT PRIMARY KEY, titolo longtext NOT NULL,
        cliente_id int NOT NULL, FOREIGN KEY (cliente_id) REFERENCES clienti_cliente (id));
      CREATE TABLE altro (id int PRIMARY KEY, testo longtext);
      INSERT INTO altro VALUES (1, 'not in the set');
      """;

  private static final String USERS_OF_DEV =
      "INSERT INTO auth_user (username) VALUES ('anna'), ('bruno');";

  private static final String USERS_OF_PROD =
      "INSERT INTO auth_user (id, username) VALUES (11, 'bruno'), (12, 'anna');";

  private static final String POSTGRESQL_ROWS =
      """
      INSERT INTO clienti_cliente (codice, nome, tariffa, preferenze, visto, responsabile_id)
        SELECT 'C' || n, 'Cliente ' || n, n * 1.5, '{"lingua": "it"}',
          timestamptz '2026-01-01 00:00:00.123456+00' + n * interval '1 day',
          (SELECT id FROM auth_user WHERE username = CASE n % 2 WHEN 0 THEN 'anna' ELSE 'bruno' END)
        FROM generate_series(1, 100) n;
      INSERT INTO pratiche_pratica (titolo, cliente_id)
        SELECT 'Pratica ' || n, n FROM generate_series(1, 20) n;
      """;

  private static final String MARIADB_ROWS =
      """
      INSERT INTO clienti_cliente (codice, nome, tariffa, preferenze, visto, responsabile_id)
        SELECT CONCAT('C', seq), CONCAT('Cliente ', seq), seq * 1.5, '{"lingua": "it"}',
          TIMESTAMP '2026-01-01 00:00:00.123456' + INTERVAL seq DAY,
          (SELECT id FROM auth_user WHERE username = CASE seq % 2 WHEN 0 THEN 'anna' ELSE 'bruno' END)
        FROM seq_1_to_100;
      INSERT INTO pratiche_pratica (titolo, cliente_id) SELECT CONCAT('Pratica ', seq), seq FROM seq_1_to_20;
      ALTER TABLE clienti_cliente AUTO_INCREMENT = 101;
      ALTER TABLE pratiche_pratica AUTO_INCREMENT = 21;
      """;

  private final TestDatabase database;

  private Office(TestDatabase database) {
    this.database = database;
  }

  static Office dev(TestServer server) {
    return open(server, USERS_OF_DEV);
  }

  static Office prod(TestServer server) {
    return open(server, USERS_OF_PROD);
  }

  private static Office open(TestServer server, String users) {
    TestDatabase database = server.newDatabase();
    switch (server.engine()) {
      case POSTGRESQL -> database.execute(POSTGRESQL_SCHEMA + users + POSTGRESQL_ROWS);
      case MARIADB -> database.execute(MARIADB_SCHEMA + users + MARIADB_ROWS);
    }
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

  /** Every row of every table as text, but for the tool's own notes. */
  Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : database.tables()) {
      rows.put(table.replaceFirst("^public\\.", "").replace("`", ""), database.table(table));
    }
    return rows;
  }

  /** Rows of the set alone; on both engines the same text, but for a time without a fraction. */
  List<String> set() {
    String visto =
        switch (database.engine()) {
          case POSTGRESQL -> "to_char(visto AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";
          case MARIADB -> "CONCAT(visto)";
        };
    List<String> rows = new ArrayList<>();
    rows.addAll(
        database.rows(
            "SELECT codice, nome, tariffa, preferenze, "
                + visto
                + ", username FROM clienti_cliente LEFT JOIN auth_user u ON u.id = responsabile_id"
                + " ORDER BY codice"));
    rows.addAll(database.rows("SELECT id, titolo, cliente_id FROM pratiche_pratica ORDER BY id"));
    return rows;
  }

  /** Waits until nobody but so many others is connected. */
  void awaitOnly(int others) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (database.others() > others) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Still connected: " + database.others());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Whether the tool has left anything there. */
  boolean hasLedger() {
    return database.hasLedger();
  }

  @Override
  public void close() {
    database.close();
  }
}
