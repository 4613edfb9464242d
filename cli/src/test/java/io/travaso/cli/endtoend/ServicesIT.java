package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application in a docker compose project, looked after from the command line: its backups, its
 * upgrades, and clones of the databases beside it.
 */
class ServicesIT {
  private static final String RUNBOOK =
      """
      service: notes
      images: {app: {repository: travaso-test/app}}
      pull: never
      migrate:
        - {service: app, one-off: true, run: [python3, app.py, migrate]}
      smoke:
        - command: {service: app, run: [python3, -c, "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health')"]}
      """;

  private static ComposeSample sample;

  /** Opened by each test. */
  @SuppressWarnings("NullAway.Init")
  private Project project;

  @BeforeAll
  static void start() {
    sample = ComposeSample.start(DockerEngine.get());
  }

  @AfterAll
  static void remove() {
    if (sample != null) {
      sample.close();
    }
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void open(Engine engine) {
    open(Office.prod(sample.server(engine)), "");
  }

  /**
   * Opens a project.
   *
   * @param host where prod is, as the configuration says it; nothing for here
   */
  private void open(Office prod, String host) {
    project =
        Project.local(
            Office.dev(sample.server(prod.database().engine())).everydayOfDev(),
            prod.everydayOfProd());
    project
        .variable("MASK_KEY", "a key that is long enough for masks")
        .write("sync-config/runbooks/notes.yaml", RUNBOOK)
        .write(
            "sync-config/sync.yaml",
            """
            environments:
              dev:
                database: {%s, password: {env: DEV_PASSWORD}}
                backups: {directory: backups-dev}
              prod:
                protected: true
                %s
                database: {%s, password: {env: PROD_PASSWORD}}
                backups: {directory: backups-prod}
            tables: [clienti.Cliente, pratiche.Pratica]
            exclude: [auth.User]
            references: {auth.User: {match: [username]}}
            mask-key: {env: MASK_KEY}
            mask: {clienti.Cliente: {nome: name}}
            services:
              notes:
                environment: prod
                compose: "%s"
                databases:
                  main: {service: django-db, url: "postgresql://mygest@django-db/mygest",
                    password: %s, maintenance: {user: postgres, password: %s}}
                volumes: {uploads: {service: app, path: /data}}
                quiesce:
                  before: [{service: app, run: [python3, app.py, maintenance, "on"]}]
                  stop: [app]
                  after: [{service: app, run: [python3, app.py, maintenance, "off"]}]
                backups: {directory: backups-notes, keep: 10}
            """
                .formatted(
                    place(project.dev()),
                    host,
                    place(project.prod()),
                    sample.file(),
                    secret("DB_PASSWORD"),
                    secret("POSTGRES_PASSWORD")));
  }

  private static String place(Office office) {
    Engine engine = office.database().engine();
    return "url: \"%s\", container: %s, maintenance: {user: %s, password: %s}"
        .formatted(
            sample.url(office.database()),
            sample.setting(engine),
            ComposeSample.administrator(engine),
            secret(ComposeSample.administratorsKey(engine)));
  }

  private static String secret(String key) {
    return "{dotenv: \"%s\", key: %s}".formatted(sample.dotenv(), key);
  }

  /** All that must be as before when something is taken back. */
  private static List<String> everything() {
    return List.of(
        sample.image("app"),
        Project.read(sample.file()),
        sample.health(),
        sample.get("/notes"),
        sample.get("/upload/letter"));
  }

  @Test
  void backUpVerifyAndRestore() throws IOException {
    open(Engine.POSTGRESQL);
    sample.upload("letter", "Gentile cliente");
    List<String> before = everything();

    project.sync("backup", "notes", "--json").exits(0);
    assertThat(sample.health()).contains("\"maintenance\": false");
    project.sync("verify", "latest", "--service", "notes").exits(0).says("app_note");
    sample.upload("letter", "overwritten");
    sample.exec("django-db", "psql", "-U", "postgres", "mygest", "-c", "DELETE FROM app_note");
    assertThat(sample.get("/notes")).isEqualTo("200 []");
    project.sync("restore", "latest", "--service", "notes", "--force").exits(0);

    assertThat(everything()).isEqualTo(before);
    for (String key : List.of("DB_PASSWORD", "POSTGRES_PASSWORD")) {
      assertThat(Secrets.filesWith(sample.secret(key), project.folder())).isEmpty();
    }
  }

  @Test
  void anUpgradeIsKilledGoesOnAndTheNextOneBreaksAndComesBack() throws IOException {
    open(Engine.POSTGRESQL);
    sample.upload("letter", "of version 1");
    Path override = sample.file().resolveSibling("docker-compose.override.yml");
    Files.writeString(override, "services: {app: {environment: {EXTRA: value}}}\n");
    project
        .sync("upgrade", "notes", "--to", "2", "--dry-run")
        .exits(5)
        .says("app was made from", "docker-compose.override.yml");
    Files.delete(override);
    project.start("upgrade", "notes", "--to", "2", "--force").saying("4/9").kill();
    assertThat(sample.migrations()).isEmpty();
    project.sync("upgrade", "notes", "--to", "2", "--force").exits(0);
    assertThat(sample.health()).startsWith("200 {\"version\": 2, \"schema\": 2");
    assertThat(sample.migrations()).containsExactly("1 to 2");

    List<String> second = everything();
    project
        .sync("upgrade", "notes", "--to", "3", "--force")
        .exits(1)
        .says("app_writer", "--rollback");
    // It would run the old version on data that are half of the new one.
    project.sync("resume", "notes").exits(5).says("never run again");
    project.sync("doctor", "--env", "prod").says("is not finished", "--rollback");
    project.sync("upgrade", "notes", "--rollback", "--force").exits(0);
    assertThat(everything()).isEqualTo(second);
    assertThat(sample.migrations()).containsExactly("1 to 2", "2 to 3");
  }

  @Test
  void aHostIsAskedForItsServicesOverSsh(@TempDir Path folder) throws IOException {
    Path home = folder.toRealPath();
    SshServer.Builder builder =
        SshServer.builder()
            .home(home)
            .environment("XDG_CACHE_HOME", Project.cache())
            .environment("PATH", System.getenv("PATH"))
            .environment("MASK_KEY", "a key that is long enough for masks");
    DockerEngine.environment().forEach(builder::environment);
    Office prod = Office.prod(sample.server(Engine.POSTGRESQL));
    try (SshServer ssh = builder.environment("PROD_PASSWORD", prod.database().password()).start()) {
      open(
          prod,
          """
          ssh: {host: %s, port: %d, user: %s, identity: "%s", known-hosts: "%s"}
              home: "%s"
          """
              .formatted(
                  ssh.host(),
                  ssh.port(),
                  ssh.user(),
                  ssh.clientKey(),
                  ssh.knownHosts(),
                  home.resolve("sync"))
              .strip());
      // Only the other host has it.
      project.variable("MASK_KEY", "").variable("PROD_PASSWORD", "");
      project.sync("deploy", "prod").exits(0).says("it works there");
      sample.upload("letter", "kept over there");
      List<String> before = everything();

      project.sync("backup", "notes").exits(0).says(home.toString());
      sample.upload("letter", "overwritten");
      project.sync("restore", "latest", "--service", "notes", "--force").exits(0);
      assertThat(everything()).isEqualTo(before);
      project
          .sync("upgrade", "notes", "--to", "3", "--dry-run")
          .exits(0)
          .says("travaso-test/app:3", "9 afterwards");

      project.prod().execute("UPDATE clienti_cliente SET nome = 'Canarino Segreto' WHERE id = 7");
      project.sync("clone", "prod", "dev", "--force").exits(0);
      assertThat(project.dev().rows().toString()).doesNotContain("Canarino");
      assertThat(Secrets.filesWith("Canarino Segreto", project.folder())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void aCloneIsMaskedAndKeepsDevsOwnUsers(Engine engine) throws IOException {
    open(engine);
    project.prod().execute("UPDATE clienti_cliente SET nome = 'Canarino Segreto' WHERE id = 7");
    Map<String, List<String>> prod = project.prod().rows();
    List<String> users = project.dev().rows().get("auth_user");

    project.sync("clone", "prod", "dev", "--force").exits(0);

    assertThat(project.prod().rows()).isEqualTo(prod);
    Map<String, List<String>> dev = project.dev().rows();
    assertThat(dev.get("auth_user")).isEqualTo(users);
    assertThat(dev.get("pratiche_pratica")).isEqualTo(prod.get("pratiche_pratica"));
    assertThat(dev.get("clienti_cliente")).hasSameSizeAs(prod.get("clienti_cliente"));
    assertThat(dev.toString()).doesNotContain("Canarino");
    assertThat(Secrets.filesWith("Canarino Segreto", project.folder())).isEmpty();
    assertThat(project.dev().customer(102)).hasSize(1);
  }
}
