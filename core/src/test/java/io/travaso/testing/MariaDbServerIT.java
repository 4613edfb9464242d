package io.travaso.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbServerIT {

  @Test
  void databasesBelongToARoleWithoutSpecialRights() {
    try (TestDatabase database = MariaDbServer.shared().newDatabase()) {
      database.execute("CREATE TABLE t (id int, note text); INSERT INTO t VALUES (1, NULL)");

      assertThat(database.rows("SELECT id, note, true FROM t")).containsExactly("1|\\N|1");
      assertThat(
              database.rows(
                  "SELECT privilege_type FROM information_schema.user_privileges"
                      + " WHERE grantee LIKE CONCAT('''', '"
                      + database.user()
                      + "', '''%')"))
          .containsExactly("USAGE");
      assertThat(database.url()).startsWith("mariadb://" + database.user() + "@");
    }
  }

  @Test
  void everyStatementOfATextIsHeard() {
    try (TestDatabase database = MariaDbServer.shared().newDatabase()) {
      assertThatThrownBy(
              () -> database.execute("SELECT 1; CREATE TABLE t (id int); SELECT * FROM u"))
          .hasMessageContaining(database.name() + ".u");
    }
  }

  @Test
  void anEmptiedDatabaseIsAsGoodAsNew() {
    TestDatabase database = DatabasePool.take(MariaDbServer.shared());
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT); INSERT INTO t VALUES (4);"
            + " CREATE SEQUENCE s; CREATE VIEW v AS SELECT * FROM t");
    assertThat(Contents.of(database)).containsExactly("t|4");
    assertThat(MariaDbContents.counters(database)).containsExactly("t|5", "s|1");

    DatabasePool.giveBack(database);

    assertThat(
            database.rows(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"))
        .isEmpty();
  }

  @Test
  void aCopyHasEverything() {
    try (TestDatabase template = MariaDbServer.shared().newDatabase()) {
      template.execute(
          "CREATE SEQUENCE s START 5; SELECT NEXTVAL(s);"
              + " CREATE TABLE p (id int PRIMARY KEY AUTO_INCREMENT, b bit(3), f float,"
              + " g int AS (b + 1) STORED, hidden int INVISIBLE DEFAULT 3, d varbinary(9));"
              + " CREATE TABLE a (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id));"
              + " CREATE TRIGGER w BEFORE INSERT ON p FOR EACH ROW BEGIN SET NEW.hidden = 4; END;"
              + " INSERT INTO p (b, f, d) VALUES (5, 16777216, '\\0\\'x'); INSERT INTO a VALUES (1, 1)");
      try (TestDatabase copy = MariaDbServer.shared().newDatabase(template)) {
        assertThat(Contents.of(copy))
            .isEqualTo(Contents.of(template))
            .containsExactly("a|1|1", "p|1|5|16777216|6|4|002778");
        assertThat(MariaDbContents.counters(copy)).isEqualTo(MariaDbContents.counters(template));
        copy.execute("INSERT INTO p (f) VALUES (1)");
        assertThat(copy.rows("SELECT hidden FROM p")).containsExactly("4", "4");
      }
    }
  }

  @Test
  void aDroppedDatabaseIsGone() {
    TestDatabase database = MariaDbServer.shared().newDatabase();
    database.drop();

    assertThatThrownBy(() -> database.rows("SELECT 1")).hasMessageContaining(database.name());
  }

  @Test
  void startsEveryReleaseThereIs() {
    List<MariaDbServer> servers = MariaDbServer.everyVersion();

    assertThat(servers).extracting(MariaDbServer::version).doesNotHaveDuplicates();
    if (System.getenv("CI") != null) {
      assertThat(servers).extracting(MariaDbServer::version).contains("11.4").hasSizeGreaterThan(1);
    }
    for (MariaDbServer server : servers) {
      try (TestDatabase database = server.newDatabase()) {
        assertThat(database.rows("SELECT VERSION()").get(0)).startsWith(server.version() + ".");
      }
    }
  }

  @Test
  void keepsItsDataAcrossARestartAndLeavesNothingBehind() {
    MariaDbServer server = MariaDbServer.start();
    Path folder;
    try (server) {
      TestDatabase database = server.newDatabase();
      database.execute("CREATE TABLE t AS SELECT 1 AS id");

      server.restart();

      assertThat(database.rows("SELECT id FROM t")).containsExactly("1");
      folder = Path.of(database.rows("SELECT @@datadir").get(0));
    }
    assertThat(Files.exists(folder)).isFalse();
  }
}
