package io.travaso.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerIT {

  @Test
  void databasesBelongToARoleWithoutSpecialRights() {
    try (TestDatabase database = PostgresServer.shared().newDatabase()) {
      database.execute("CREATE TABLE t (id int, note text); INSERT INTO t VALUES (1, NULL)");

      assertThat(database.rows("SELECT id, note, true FROM t")).containsExactly("1|\\N|t");
      assertThat(
              database.rows(
                  "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
                      + " FROM pg_roles WHERE rolname = current_user"))
          .containsExactly("f");
      assertThat(database.url())
          .isEqualTo(
              "postgresql://%s@%s:%d/%s"
                  .formatted(
                      database.user(),
                      database.server().host(),
                      database.server().port(),
                      database.name()));
    }
  }

  @Test
  void aDroppedDatabaseIsGone() {
    TestDatabase database = PostgresServer.shared().newDatabase();
    database.drop();

    assertThatThrownBy(() -> database.rows("SELECT 1")).hasMessageContaining(database.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 18})
  void startsTheOldestAndTheNewestVersion(int major) {
    PostgresServer server = PostgresServer.ofVersion(major);

    assertThat(server.majorVersion()).isEqualTo(major);
    try (TestDatabase database = server.newDatabase()) {
      assertThat(database.rows("SELECT current_setting('server_version_num')::int / 10000"))
          .containsExactly(String.valueOf(major));
    }
  }

  @Test
  void keepsItsDataAcrossARestartAndLeavesNothingBehind() {
    PostgresServer server = PostgresServer.start();
    Path folder;
    try (server) {
      TestDatabase database = server.newDatabase();
      database.execute("CREATE TABLE t AS SELECT 1 AS id");

      server.restart();

      assertThat(database.rows("SELECT id FROM t")).containsExactly("1");
      database.executeAsAdmin(
          "CREATE TABLE place AS SELECT current_setting('data_directory') AS folder",
          "GRANT SELECT ON place TO PUBLIC");
      folder = Path.of(database.rows("SELECT folder FROM place").get(0));
    }
    assertThat(Files.exists(folder)).isFalse();
  }
}
