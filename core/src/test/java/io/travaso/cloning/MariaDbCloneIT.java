package io.travaso.cloning;

import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

class MariaDbCloneIT extends CloneContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String[] makeAccount(String name, String password) {
    return new String[] {
      "CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(name, password),
      "GRANT ALL ON *.* TO %s@'%%' WITH GRANT OPTION".formatted(name)
    };
  }

  @Override
  String dropAccount(String name) {
    return "DROP USER " + name + "@'%'";
  }

  @Override
  String[] extras() {
    return new String[] {
      "CREATE TABLE registro (quando date NOT NULL, n int NOT NULL AUTO_INCREMENT, tinta"
          + " enum('rosso', 'verde'), doppio int AS (YEAR(quando)) STORED, note varchar(20)"
          + " INVISIBLE, KEY (n)) PARTITION BY RANGE (YEAR(quando)) (PARTITION p1 VALUES LESS THAN"
          + " (2024), PARTITION p2 VALUES LESS THAN MAXVALUE)",
      "INSERT INTO registro (quando, tinta, note) SELECT date '2022-01-01' + INTERVAL seq * 30 DAY,"
          + " 'verde', 'x' FROM seq_1_to_50",
      "CREATE VIEW a_di_b AS SELECT 1 AS n",
      "CREATE OR REPLACE VIEW b_aperte AS SELECT id, codice FROM pratiche_pratica WHERE stato <>"
          + " 'chiusa'",
      "CREATE OR REPLACE VIEW a_di_b AS SELECT count(*) AS n, doppio(2) AS d FROM b_aperte"
          .replace(", doppio(2) AS d", ""),
      "CREATE FUNCTION doppio(x int) RETURNS int DETERMINISTIC RETURN x * 2",
      "CREATE VIEW c_doppio AS SELECT doppio(id) AS d, 'è `testo`.x' AS t FROM pratiche_etichetta",
      "CREATE PROCEDURE fai() SELECT 1",
      "CREATE TRIGGER vietato BEFORE INSERT ON pratiche_tipopratica FOR EACH ROW SIGNAL SQLSTATE"
          + " '45000' SET MESSAGE_TEXT = 'fired'",
      "CREATE EVENT spento ON SCHEDULE EVERY 1 YEAR DISABLE DO DO 1",
      "CREATE SEQUENCE numeri START WITH 7; SELECT NEXT VALUE FOR numeri",
    };
  }

  @Override
  List<String> structure(TestDatabase database) {
    List<String> all = new ArrayList<>();
    for (String name : database.tables()) {
      all.addAll(
          database.rows("SHOW CREATE TABLE " + name).stream()
              .map(row -> row.replaceAll(" AUTO_INCREMENT=\\d+", ""))
              .toList());
    }
    for (String what :
        List.of(
            "VIEW a_di_b",
            "VIEW b_aperte",
            "VIEW c_doppio",
            "FUNCTION doppio",
            "PROCEDURE fai",
            "TRIGGER vietato",
            "EVENT spento")) {
      all.addAll(
          database.rows("SHOW CREATE " + what).stream()
              .map(
                  row ->
                      row.replace("`" + database.name() + "`.", "")
                          .replaceAll("\\|\\d{4}-[^|]*$", ""))
              .toList());
    }
    all.addAll(database.rows("SELECT * FROM registro ORDER BY n"));
    all.addAll(database.rows("SELECT next_not_cached_value FROM numeri"));
    return all;
  }

  @Override
  String databases(String word) {
    return "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '%"
        + word.replace("_", "\\_")
        + "%'";
  }

  @Override
  void breakKeys(TestDatabase database, String sql) {
    database.execute("SET foreign_key_checks = 0", sql);
  }

  @Override
  String joined(List<String> values) {
    return "CONCAT_WS('|', " + String.join(", ", values) + ")";
  }
}
