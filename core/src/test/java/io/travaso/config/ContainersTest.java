package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases in containers, and the account for what their usual one may not do. */
class ContainersTest {

  private static DatabaseSettings database(String yaml) {
    return Sample.read(Sample.LEAST.replace("app\"}", "app\", " + yaml + "}"))
        .environment("dev")
        .database();
  }

  private static ContainerSettings container(DatabaseSettings database) {
    return Objects.requireNonNull(database.container());
  }

  @Test
  void theContainerOfAComposeService() {
    DatabaseSettings database =
        database("container: {compose: docker-compose.yml, service: db, profile: local}");

    assertThat(database.container())
        .isEqualTo(new ContainerSettings("/project/docker-compose.yml", "db", "local", null, 5432));
    assertThat(database.namesContainer()).isFalse();
    assertThat(database.place()).isEqualTo("app at localhost:5432");
  }

  @Test
  void onAnotherHostTheFileIsRelativeToTheHomeThere() {
    SyncConfig config =
        Sample.read(
            Sample.EXAMPLE.replace(
                ", password: {dotenv: /srv/mygest/app/.env, key: DB_PASSWORD}",
                ", container: {compose: ../app/docker-compose.yml, service: db}"));
    DatabaseSettings here = config.environment("prod").database();
    DatabaseSettings there =
        SyncConfig.parse(
                config.forEnvironment("prod"),
                Path.of("/srv/mygest/sync/sync-config/sync.yaml"),
                Sample.surroundings(java.util.Map.of()))
            .environment("prod")
            .database();

    assertThat(container(here).compose()).isEqualTo("/srv/mygest/app/docker-compose.yml");
    assertThat(there).isEqualTo(here);
  }

  @Test
  void theUrlMayNameTheContainer() {
    for (String host : new String[] {"db", "container"}) {
      DatabaseSettings database =
          Sample.read(
                  Sample.LEAST
                      .replace("@localhost/app\"", "@" + host + ":5433/app\"")
                      .replace("\"}", "\", container: {compose: /c.yml, service: db}}"))
              .environment("dev")
              .database();
      assertThat(database.namesContainer()).isTrue();
      assertThat(container(database).port()).isEqualTo(5433);
      assertThat(database.place()).isEqualTo("app in db of /c.yml");
    }
    assertThat(database("container: {docker: pg-1, port: 77}").container())
        .isEqualTo(new ContainerSettings(null, null, null, "pg-1", 77));
  }

  @Test
  void equalUrlsInTwoProjectsAreTwoDatabases() {
    String both =
        """
        environments:
          dev: {database: {url: "postgresql://me@db/app", container: {compose: /a.yml, service: db}}}
          test: {database: {url: "postgresql://me@db/app", container: {compose: /b.yml, service: db}}}
        tables: [app.Model]
        """;

    assertThat(Sample.read(both).environments()).hasSize(2);
    assertThat(Sample.problems(both.replace("/b.yml", "/a.yml")))
        .singleElement()
        .asString()
        .contains("has the same database as dev");
  }

  @Test
  void theAccountForMaintenance() {
    assertThat(database("maintenance: {user: root, password: {env: ROOT_PASSWORD}}").maintenance())
        .isEqualTo(new Account("root", new SecretReference.FromEnv("ROOT_PASSWORD")));
    assertThat(database("maintenance: {user: postgres}").maintenance())
        .isEqualTo(new Account("postgres", new SecretReference.None()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          container: {}                                  | container: names no container; for example
          container: {compose: a, docker: b, service: c} | container: has both compose and docker
          container: {compose: a}                        | container.service: is missing
          container: {docker: a, service: c}             | has service or profile without compose
          container: {docker: --rm}                      | docker: is not a name that Docker knows
          container: {compose: a, service: -v}           | service: is not a name that Docker knows
          container: {docker: a, port: 0}                | port: is not a whole number from 1 to 65535
          container: {docker: a, prot: 1}                | prot: unknown key; did you mean "port"?
          container: db                                  | container: is a value, not a group of keys
          maintenance: {password: {env: X}}              | maintenance.user: is missing
          maintenance: {user: u, password: hunter2}      | a secret does not belong into this file
          maintenance: {user: u, role: x}                | maintenance.role: unknown key
          """)
  void whatIsWrongIsTold(String yaml, String problem) {
    assertThat(Sample.problems(Sample.LEAST.replace("app\"}", "app\", " + yaml + "}")))
        .singleElement()
        .asString()
        .contains(problem)
        .doesNotContain("hunter2");
  }
}
