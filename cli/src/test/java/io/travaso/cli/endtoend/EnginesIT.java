package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From one engine to the other; and the other commands on MariaDB. */
class EnginesIT {

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void bothWaysAndBack(Engine dev, Engine prod) {
    try (Project project = Project.everyday(dev, prod)) {
      Map<String, List<String>> before = project.prod().rows();
      project.sync("doctor").exits(0).says("alike on both sides").doesNotSay("red");
      project.sync("dev-to-prod", "--dry-run", "--json").exits(0).counts(2, 1, 0, 119, 1);
      assertThat(project.prod().rows()).isEqualTo(before);

      project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
      project.sync("dev-to-prod", "--json").exits(0).status("unchanged").counts(0, 0, 0, 122, 1);
      assertThat(project.prod().customer(101)).containsExactly("101|C101|Nuovo|48.50|anna");
      assertThat(project.prod().set()).containsAll(project.dev().set());

      project.sync("rollback-last-sync", "--force").exits(0);
      assertThat(project.prod().rows()).isEqualTo(before);

      project.sync("prod-to-dev", "--full-replace", "--force", "--json").exits(0);
      assertThat(project.dev().set()).isEqualTo(project.prod().set());
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void aFixtureOfOneIsMergedIntoTheOther(Engine dev, Engine prod) {
    try (Project project = Project.everyday(dev, prod)) {
      project.sync("export", "--env", "dev", "--output", "out.json", "--indent", "2").exits(0);
      project
          .sync("import", "--env", "prod", "--input", "out.json", "--force", "--json")
          .exits(0)
          .counts(2, 1, 0, 119, 1);
      project.sync("export", "--env", "prod", "--output", "prod.json").exits(0);
      project
          .sync("import", "--env", "dev", "--input", "prod.json", "--full-replace", "--force")
          .exits(0);

      assertThat(project.dev().set()).isEqualTo(project.prod().set());
    }
  }

  @Test
  void historyBackupsAndDoctorOnMariaDb() {
    try (Project project = Project.everyday(Engine.MARIADB, Engine.MARIADB)) {
      project.sync("history", "--env", "prod").exits(0).says("No run has written to prod yet");
      JsonNode taken = project.sync("backup", "--env", "prod", "--json").exits(0).result();
      Path file = Path.of(taken.path("backup").path("file").asText());
      assertThat(Project.mode(file)).isEqualTo("rw-------");
      project.sync("backups", "--env", "prod").exits(0).says(file.getFileName().toString());
      JsonNode synced = project.sync("dev-to-prod", "--force", "--json").exits(0).result();

      JsonNode run =
          project.sync("history", "--env", "prod", "--json").exits(0).result().path("runs").get(0);

      assertThat(run.path("runId")).isEqualTo(synced.path("runId"));
      assertThat(run.path("outcome").asText()).isEqualTo("applied");
      assertThat(run.path("created").asInt()).isEqualTo(2);
      project.sync("doctor").exits(0).says("green", "alike on both sides").doesNotSay("red");
      project.prod().execute("ALTER TABLE clienti_cliente ADD COLUMN telefono text");
      Ended red = project.sync("doctor", "--json").exits(5);
      assertThat(red.result().path("problems").asInt()).isEqualTo(1);
      assertThat(red.result().toString()).contains("\"severity\":\"problem\"", "telefono");
    }
  }

  @Test
  void initOnMariaDbProposesAConfigurationThatWorks() throws java.io.IOException {
    try (Project project = Project.everyday(Engine.MARIADB, Engine.MARIADB)) {
      Files.delete(project.folder().resolve("sync-config/sync.yaml"));
      project
          .sync("init", "--url", project.dev().database().url(), "--password-env", "DEV_PASSWORD")
          .exits(0)
          .says("sync-config/sync.yaml", "auth_user");
      String written = project.config();
      assertThat(written).contains("clienti_cliente", "password: {env: DEV_PASSWORD}");

      // Only what init can't know is put in: where prod is.
      int prod = written.indexOf("  prod:");
      int next = written.indexOf("\nexports:");
      project.write(
          "sync-config/sync.yaml",
          written.substring(0, prod)
              + "  prod:\n    database: {url: \"%s\", password: {env: PROD_PASSWORD}}\n"
                  .formatted(project.prod().database().url())
              + written.substring(next));
      project.sync("dev-to-prod", "--dry-run", "--json").exits(0).counts(2, 1, 0, 120, 1);
    }
  }

  @Test
  void aMissingHomeIsRefusedByColumnAndRow() {
    try (Project project = Project.everyday(Engine.POSTGRESQL, Engine.MARIADB)) {
      project.dev().execute("UPDATE clienti_cliente SET visto = 'infinity' WHERE id = 7");
      Map<String, List<String>> before = project.prod().rows();

      project
          .sync("dev-to-prod", "--force", "--json")
          .exits(5)
          .status("refused")
          .says("clienti.Cliente", "visto", "7");

      assertThat(project.prod().rows()).isEqualTo(before);
      assertThat(project.dumps()).isEmpty();
    }
  }
}
