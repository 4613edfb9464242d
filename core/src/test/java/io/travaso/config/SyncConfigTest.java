package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncConfigTest {

  @Test
  void readsTheExample() {
    SyncConfig config = Sample.read(Sample.EXAMPLE);

    assertThat(config.root()).isEqualTo(Path.of("/project"));
    assertThat(config.environments().keySet()).containsExactly("dev", "prod");
    assertThat(config.environment("dev"))
        .isEqualTo(
            new Environment(
                "dev",
                false,
                null,
                null,
                new DatabaseSettings(
                    "postgresql",
                    "localhost",
                    5432,
                    "mygest",
                    "mygest",
                    Map.of(),
                    new SecretReference.FromEnv("DEV_DB_PASSWORD"),
                    null),
                new Backups("/project/backups/sync", 10)));
    assertThat(config.environment("prod"))
        .isEqualTo(
            new Environment(
                "prod",
                true,
                new Ssh(
                    "vps.example.it",
                    22,
                    "mygest",
                    Path.of("/home/anna/.ssh/id_ed25519"),
                    Path.of("/home/anna/.ssh/known_hosts"),
                    new SecretReference.None(),
                    Duration.ofSeconds(10)),
                "/srv/mygest/sync",
                new DatabaseSettings(
                    "postgresql",
                    "localhost",
                    5432,
                    "mygest",
                    "mygest_user",
                    Map.of(),
                    new SecretReference.FromDotenv("/srv/mygest/app/.env", "DB_PASSWORD"),
                    null),
                new Backups("/srv/mygest/backups/sync", 10)));
    assertThat(config.localEnvironment()).map(Environment::name).hasValue("dev");
    assertThat(config.mode()).isNull();
    assertThat(config.exports()).isEqualTo(new Exports(Path.of("/project/fixtures/sync"), 5));
    assertThat(config.logFile()).isEqualTo(Path.of("/project/logs/sync.log"));
    assertThat(config.tables()).hasSize(8);
    assertThat(config.tables().get(1))
        .isEqualTo(
            new TableEntry(
                "anagrafiche", new TableName("anagrafiche", "Cliente"), null, List.of()));
    assertThat(config.tables().get(7))
        .isEqualTo(
            new TableEntry(
                "titolario",
                new TableName("titolario", "TitolarioVoce"),
                new TableName(null, "vocititolario"),
                List.of()));
    assertThat(config.exclude())
        .containsExactly(
            new TableName("auth", "User"),
            new TableName(null, "django_session"),
            new TableName(null, "django_admin_log"),
            new TableName(null, "django_migrations"));
    assertThat(config.references().values())
        .containsExactly(
            new ReferenceRule(
                new TableName("auth", "User"), List.of("username"), new ReferenceRule.Refuse()),
            new ReferenceRule(
                new TableName("contenttypes", "ContentType"),
                List.of("app_label", "model"),
                new ReferenceRule.SetNull()),
            new ReferenceRule(
                new TableName("public", "sede"), List.of("codice"), new ReferenceRule.Use("7")));
  }

  @Test
  void readsTheCommentedExampleThatUsersCopy() {
    Path file = Path.of("..", "sync-config", "sync.yaml");
    SyncConfig config = SyncConfig.read(file, Surroundings.ofThisProcess());

    assertThat(config.environments().keySet()).containsExactly("dev", "prod");
    assertThat(config.tables()).hasSize(8);
    assertThat(config.root()).isEqualTo(Path.of("..").toAbsolutePath().normalize());
  }

  @Test
  void readsTheLeast() {
    SyncConfig config = Sample.read(Sample.LEAST);

    assertThat(config.environment("dev").database().password())
        .isEqualTo(new SecretReference.None());
    assertThat(config.environment("dev").database().port()).isEqualTo(5432);
    assertThat(config.exclude()).isEmpty();
    assertThat(config.references()).isEmpty();
  }

  @Test
  void keepsNamesThatYamlWouldTurnIntoSomethingElse() {
    SyncConfig config =
        Sample.read(
            Sample.LEAST.replace(
                "[app.Model]", "[on, no, 'null', 2024, 1.10, 0777, 12:30, \"a\", public.\"x.y\"]"));

    assertThat(config.tables())
        .extracting(entry -> entry.name().toString())
        .containsExactly(
            "on", "no", "null", "2024", "1.10", "0777", "12:30", "a", "public.\"x.y\"");
  }

  @Test
  void resolvesAnchorsAndMergeKeys() {
    SyncConfig config =
        Sample.read(
            """
            environments:
              dev: &base
                database: {url: "postgresql://me@localhost/app"}
                backups: &few {keep: 2}
              test:
                <<: *base
                protected: yes
                database: {url: "postgresql://me@localhost/test"}
            exports: *few
            tables: [app.Model]
            """);

    assertThat(config.environment("test").backups().keep()).isEqualTo(2);
    assertThat(config.environment("test").database().database()).isEqualTo("test");
    assertThat(config.environment("test").isProtected()).isTrue();
    assertThat(config.exports().keep()).isEqualTo(2);
    assertThat(config.localEnvironment()).as("two are local").isEmpty();
  }

  @Test
  void pathsOfAnotherHostStartAtItsHome() {
    SyncConfig config =
        Sample.read(
            """
            environments:
              prod:
                ssh: {host: h, user: u, identity: keys/id, connect-timeout: 500ms}
                home: /srv/app
                database: {url: "postgresql://me@db/app?sslmode=verify-full&sslrootcert=ca.pem", tools: pg/bin}
            tables: [app.Model]
            log: ~/sync.log
            """);
    Environment prod = config.environment("prod");

    assertThat(prod.backups().directory()).isEqualTo("/srv/app/backups");
    assertThat(prod.database().tools()).isEqualTo("/srv/app/pg/bin");
    assertThat(prod.database().parameters())
        .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/srv/app/ca.pem"));
    assertThat(prod.ssh())
        .extracting(Ssh::identity, Ssh::connectTimeout)
        .containsExactly(Path.of("/project/keys/id"), Duration.ofMillis(500));
    assertThat(config.logFile()).isEqualTo(Path.of("/home/anna/sync.log"));
    assertThat(config.localEnvironment()).isEmpty();
  }

  @Test
  void theProjectIsTheFolderOfTheFileWhereThereIsNoSyncConfig() {
    SyncConfig config =
        SyncConfig.parse(
            Sample.LEAST, Path.of("elsewhere/sync.yaml"), Sample.surroundings(Map.of()));

    assertThat(config.root()).isEqualTo(Path.of("/project/elsewhere"));
    assertThat(config.file()).isEqualTo(Path.of("/project/elsewhere/sync.yaml"));
  }

  @Test
  void anUnknownEnvironmentIsToldWithTheNearest() {
    SyncConfig config = Sample.read(Sample.EXAMPLE);

    assertThatThrownBy(() -> config.environment("prd"))
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
              assertThat(e.what()).contains("there is no environment \"prd\"");
              assertThat(e.hint()).isEqualTo("did you mean \"prod\"?");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "# a comment\n", "---\n", "%YAML 1.1\n---\n"})
  void readsWhateverMayStandBeforeIt(String before) {
    assertThat(Sample.read(before + Sample.LEAST).tables()).hasSize(1);
  }
}
