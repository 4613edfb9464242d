package io.travaso.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every session has, on each version there is. */
class MariaDbSessionIT {

  static List<? extends TestServer> servers() {
    return Engine.MARIADB.everyVersion();
  }

  private static Database open(TestDatabase database) {
    return Database.open(
        new ConnectionSettings(
            "mariadb",
            database.server().host(),
            database.server().port(),
            database.name(),
            database.user(),
            Map.of(),
            new Secret(database.password())));
  }

  private static String ask(Handle session, String expression) {
    return session.createQuery("SELECT " + expression).mapTo(String.class).one();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void isPinned(TestServer server) {
    TestDatabase database = DatabasePool.take(server);
    try (Database connected = open(database);
        Handle session = connected.session()) {
      session.execute(connected.dialect().mergeSessionSql());
      assertThat(
              session
                  .createQuery(
                      "SELECT VARIABLE_VALUE FROM information_schema.SESSION_VARIABLES"
                          + " WHERE VARIABLE_NAME IN ('tx_isolation', 'transaction_isolation')")
                  .mapTo(String.class)
                  .list())
          .isNotEmpty()
          .containsOnly("READ-COMMITTED");
      assertThat(ask(session, "@@time_zone")).isEqualTo("+00:00");
      assertThat(ask(session, "@@sql_mode")).contains("STRICT_ALL_TABLES", "NO_AUTO_VALUE_ON_ZERO");
      assertThat(ask(session, "@@foreign_key_checks")).isEqualTo("1");
      assertThat(ask(session, "@@character_set_client")).isEqualTo("utf8mb4");
    } finally {
      DatabasePool.giveBack(database);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void refusesAnyWarning(TestServer server) {
    TestDatabase database = DatabasePool.take(server);
    try (Database connected = open(database);
        Handle session = connected.session()) {
      session.execute("CREATE TEMPORARY TABLE x (n decimal(5,2))");
      assertThatThrownBy(() -> session.execute("INSERT INTO x VALUES (1.005)"))
          .isInstanceOfSatisfying(
              SyncException.class,
              e ->
                  assertThat(e.details())
                      .singleElement()
                      .asString()
                      .contains("does not fit its column unchanged in n")
                      .doesNotContain("1.005"));
      session.execute("CREATE TEMPORARY TABLE IF NOT EXISTS x (n int)");
    } finally {
      DatabasePool.giveBack(database);
    }
  }
}
