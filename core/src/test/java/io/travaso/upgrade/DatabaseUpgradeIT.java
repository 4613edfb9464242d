package io.travaso.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.upgrade.UpgradeState.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upgrade of a database's server, whose data folder comes back with its image. */
class DatabaseUpgradeIT {
  private static final String NEW = "travaso-test/mariadb:10.11.99-u";

  @TempDir static Path folder;
  private static ComposeSample sample;

  @BeforeAll
  static void start() {
    sample = ComposeSample.start(DockerEngine.get(), false, "maria-db");
    sample.docker().docker("tag", DockerEngine.Image.MARIADB.reference(), NEW);
    sql("CREATE TABLE note (id int PRIMARY KEY) AS SELECT 7 AS id");
  }

  @AfterAll
  static void stop() {
    if (sample != null) {
      sample.docker().docker("rmi", NEW);
      sample.close();
    }
  }

  private static String sql(String statement) {
    return sample.exec(
        "maria-db",
        "sh",
        "-c",
        "MYSQL_PWD=\"$MARIADB_ROOT_PASSWORD\" mariadb -N -u root mygest -e '" + statement + "'");
  }

  private static Upgrades upgrades() {
    String database =
        "url: \"mariadb://root@maria-db/mygest\", password: {dotenv: \"%s\", key:"
            + " MARIADB_ROOT_PASSWORD}";
    String yaml =
        """
        environments:
          prod:
            database: {%s, container: {compose: "%s", service: maria-db}}
            backups: {directory: "%s"}
        tables: [note]
        services:
          maria:
            compose: "%s"
            databases: {main: {service: maria-db, %s}}
        """
            .formatted(database, sample.file(), folder, sample.file(), database)
            .replace("%s", sample.dotenv().toString());
    UpgradeSample.write(folder.resolve("sync.yaml"), yaml);
    SyncConfig config =
        SyncConfig.read(folder.resolve("sync.yaml"), new Surroundings(Map.of(), folder, folder));
    return new Upgrades(
        config,
        config.environment("prod"),
        Surroundings.ofThisProcess(),
        "test",
        Clock.systemUTC());
  }

  private static String runbook(String data, String statement) {
    return """
    service: maria
    images: {maria-db: {repository: mariadb%s}}
    pull: never
    migrate:
      - up: [maria-db]
      - wait-for: {command: {service: maria-db, run: [mariadb-admin, ping, --silent, -h, 127.0.0.1]}}
      - service: maria-db
        run: [sh, -c, 'MYSQL_PWD="$MARIADB_ROOT_PASSWORD" mariadb -u root mygest -e "%s"']
    smoke:
      - sql: {database: main, query: SELECT count(*) FROM note, equals: "1", within: 30s}
    """
        .formatted(data, statement);
  }

  @Test
  void theDataFolderComesBackWithTheImage() {
    UpgradeSample.Told told = new UpgradeSample.Told(new ArrayList<>());
    String before = UpgradeSample.read(sample.file());
    String breaking = runbook(", data: /var/lib/mysql", "DROP TABLE note; SELECT broken");

    UpgradeState state = upgrades().run("maria", breaking, "10.11.99-u", true, told);

    assertThat(state.status()).isEqualTo(Status.ROLLED_BACK);
    assertThat(state.error()).contains("6/9 migrate failed");
    assertThat(told.lines()).anyMatch(it -> it.contains("restore: /var/lib/mysql of maria-db"));
    assertThat(sample.image("maria-db")).isEqualTo(DockerEngine.Image.MARIADB.reference());
    assertThat(UpgradeSample.read(sample.file())).isEqualTo(before);
    assertThat(sql("SELECT id FROM note")).isEqualTo("7");
  }

  @Test
  void aServerWithoutItsDataFolderIsNotUpgraded() {
    SyncException refused =
        catchThrowableOfType(
            SyncException.class,
            () ->
                upgrades()
                    .run("maria", runbook("", "SELECT 1"), "10.11.99-u", true, Progress.SILENT));

    assertThat(refused.what())
        .contains("maria-db is a database's server, and the runbook does not name its data");
    assertThat(upgrades().state("maria").filter(UpgradeState::isUnfinished)).isEmpty();
    assertThat(List.of(sample.image("maria-db")))
        .containsExactly(DockerEngine.Image.MARIADB.reference());
  }
}
