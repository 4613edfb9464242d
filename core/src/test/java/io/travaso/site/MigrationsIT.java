package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.site.Requests.Role;
import io.travaso.table.MigrationHistory;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which migrations a site says were applied. */
class MigrationsIT {
  private static final String CUSTOMERS =
      "CREATE TABLE clienti_cliente (id int PRIMARY KEY); CREATE TABLE vecchia (id int PRIMARY"
          + " KEY)";

  @TempDir Path project;
  private final TestDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  private SiteReport report(String tables) throws IOException {
    Surroundings surroundings = new Surroundings(Map.of(), project, project);
    Path password = Files.writeString(project.resolve("password"), database.password());
    SyncConfig config =
        SyncConfig.parse(
            """
            environments:
              dev:
                database: {url: "%1$s", password: {file: "%2$s"}}
              prod:
                ssh: {host: nowhere.example, user: nobody}
                home: /srv
                database: {url: "%1$s", password: {file: "%2$s"}}
            tables: [%3$s]
            """
                .formatted(database.url(), password, tables),
            project.resolve("sync-config/sync.yaml"),
            surroundings);
    try (Site site =
        new LocalSite(
            config, config.environment("dev"), surroundings, ToolMain.VERSION, Clock.systemUTC())) {
      return site.check(
          new Requests.Check(Role.SOURCE, List.of(), io.travaso.merge.MergePolicy.UPSERT, false),
          Progress.SILENT);
    }
  }

  private List<MigrationHistory> migrations(String tables) throws IOException {
    SiteReport report = report(tables);
    assertThat(report.hasProblems()).as(report.findings().toString()).isFalse();
    return report.migrations();
  }

  private static MigrationHistory history(String table, String... applied) {
    return new MigrationHistory(table, List.of(applied));
  }

  @Test
  void thereAreNoneWhereNobodyKeepsThem() throws IOException {
    database.execute(CUSTOMERS, "CREATE TABLE schema_migrations (n int)");

    assertThat(migrations("clienti.Cliente")).isEmpty();
  }

  @Test
  void ofDjangoThoseOfTheApplicationsInTheSet() throws IOException {
    database.execute(
        CUSTOMERS,
        "CREATE TABLE django_migrations (id serial PRIMARY KEY, app varchar(255), name"
            + " varchar(255), applied timestamptz)",
        "INSERT INTO django_migrations (app, name) VALUES ('clienti', '0002_b'), ('clienti',"
            + " '0001_initial'), ('clienti_extra', '0001_initial'), ('altro', '0001_initial')");

    MigrationHistory expected =
        history("public.django_migrations", "clienti.0001_initial", "clienti.0002_b");
    assertThat(migrations("clienti.Cliente")).containsExactly(expected);
    assertThat(migrations("public.clienti_cliente, vecchia")).containsExactly(expected);
    assertThat(migrations("{model: altro.Vecchia, table: vecchia}"))
        .containsExactly(history("public.django_migrations", "altro.0001_initial"));
    assertThat(migrations("vecchia")).containsExactly(history("public.django_migrations"));
  }

  @Test
  void ofFlywayThoseThatSucceededAndStand() throws IOException {
    database.execute(
        CUSTOMERS,
        """
        CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),
          description varchar(200), type varchar(20), script varchar(1000), checksum int,
          success boolean);
        INSERT INTO flyway_schema_history VALUES
          (0, NULL, 'schema', 'SCHEMA', '"public"', NULL, true),
          (1, '1', 'a', 'SQL', 'V1__a.sql', 1, true), (2, '2', 'b', 'SQL', 'V2__b.sql', 1, true),
          (3, '3', 'c', 'SQL', 'V3__c.sql', 1, false), (4, '2', 'b', 'UNDO_SQL', 'U2__b.sql', 1, true),
          (5, '4', 'd', 'SQL', 'V4__d.sql', 1, true), (6, '4', 'd', 'DELETE', 'V4__d.sql', 1, true),
          (7, NULL, 'views', 'SQL', 'R__views.sql', 1, true), (8, NULL, 'views', 'SQL', 'R__views.sql', 2, true);
        """);

    assertThat(migrations("clienti.Cliente"))
        .containsExactly(history("public.flyway_schema_history", "R__views.sql", "V1__a.sql"));
  }

  @Test
  void ofOtherToolsAll() throws IOException {
    database.execute(
        CUSTOMERS,
        "CREATE TABLE databasechangelog (id varchar(255), author varchar(255), filename"
            + " varchar(255))",
        "INSERT INTO databasechangelog VALUES ('2', 'anna', 'b.xml'), ('1', 'anna', 'a.xml')",
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
        "INSERT INTO alembic_version VALUES ('c0ffee')",
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY)",
        "INSERT INTO schema_migrations VALUES (20261120140405)");

    assertThat(migrations("clienti.Cliente"))
        .containsExactly(
            history("public.databasechangelog", "a.xml::1::anna", "b.xml::2::anna"),
            history("public.alembic_version", "c0ffee"),
            history("public.schema_migrations", "20261120140405"));
  }

  @Test
  void thoseOfTheSchemaOfTheSetBeforeOthers() throws IOException {
    database.execute(
        "CREATE SCHEMA uno; CREATE SCHEMA due; CREATE SCHEMA tre; CREATE TABLE uno.cliente (id int"
            + " PRIMARY KEY); CREATE TABLE tre.cliente (id int PRIMARY KEY)",
        "CREATE TABLE uno.schema_migrations (version text); CREATE TABLE due.schema_migrations"
            + " (version text)");

    assertThat(migrations("uno.cliente")).containsExactly(history("uno.schema_migrations"));
    assertThat(migrations("tre.cliente"))
        .containsExactly(history("due.schema_migrations"), history("uno.schema_migrations"));
  }

  @Test
  void noneThatMayNotBeRead() throws IOException {
    database.execute(CUSTOMERS);
    database.executeAsAdmin(
        "CREATE TABLE public.schema_migrations (version text)",
        "REVOKE ALL ON public.schema_migrations FROM PUBLIC");

    assertThat(migrations("clienti.Cliente")).isEmpty();
  }
}
