package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The other commands, what they write down, and how they talk. */
class CommandsIT {
  private Project project;

  @BeforeEach
  void open() {
    project = Project.everyday();
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void historyHasEveryRun() {
    project.sync("history", "--env", "prod").exits(0).says("No run has written to prod yet");
    JsonNode synced = project.sync("dev-to-prod", "--force", "--json").exits(0).result();

    JsonNode run =
        project.sync("history", "--env", "prod", "--json").exits(0).result().path("runs").get(0);

    assertThat(run.path("runId")).isEqualTo(synced.path("runId"));
    assertThat(run.path("command").asText()).isEqualTo("dev-to-prod");
    assertThat(run.path("outcome").asText()).isEqualTo("applied");
    assertThat(run.path("created").asInt()).isEqualTo(2);
    assertThat(run.path("updated").asInt()).isEqualTo(1);
    assertThat(run.path("fixtureSha256")).isEqualTo(synced.path("fixture").path("sha256"));
    assertThat(run.path("backup")).isEqualTo(synced.path("backup").path("name"));
    assertThat(run.path("runBy").asText()).contains("@");
    project.sync("history").exits(2).says("--env");
    project.sync("history", "--env", "prd").exits(2).says("did you mean \"prod\"?");
  }

  @Test
  void backupsAreTakenAndListed() {
    project.sync("backups", "--env", "prod").exits(0).says("prod has no backups");
    JsonNode taken = project.sync("backup", "--env", "prod", "--json").exits(0).result();

    Path file = Path.of(taken.path("backup").path("file").asText());
    assertThat(Project.mode(file)).isEqualTo("rw-------");
    project.sync("backups", "--env", "prod").exits(0).says(file.getFileName().toString());
  }

  @Test
  void doctorIsGreenOrTellsWhatIsNot() {
    project.sync("doctor").exits(0).says("green", "alike on both sides").doesNotSay("red");
    project.prod().execute("ALTER TABLE clienti_cliente ADD COLUMN telefono text");

    Ended red = project.sync("doctor", "--json").exits(5);

    JsonNode result = red.result();
    assertThat(result.path("problems").asInt()).isEqualTo(1);
    assertThat(result.path("exitCode").asInt()).isEqualTo(5);
    assertThat(result.toString()).contains("\"severity\":\"problem\"", "telefono");
    assertThat(project.prod().hasLedger()).isFalse();
  }

  @Test
  void initProposesAConfigurationThatWorks() throws java.io.IOException {
    Files.delete(project.folder().resolve("sync-config/sync.yaml"));
    project.sync("dev-to-prod").exits(2).says("sync init");

    project
        .sync("init", "--url", project.dev().database().url(), "--password-env", "DEV_PASSWORD")
        .exits(0)
        .says("sync-config/sync.yaml", "auth_user");
    String written = project.config();
    assertThat(written).contains("clienti_cliente", "password: {env: DEV_PASSWORD}");
    project
        .sync("init", "--url", project.dev().database().url(), "--password-env", "DEV_PASSWORD")
        .says("--force-overwrite");
    assertThat(project.config()).isEqualTo(written);

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

  @Test
  void helpOfEveryCommandNamesItsExitCodes() {
    String help = project.sync("--help").exits(0).out();
    for (String command :
        List.of(
            "dev-to-prod",
            "prod-to-dev",
            "rollback-last-sync",
            "export",
            "import",
            "backup",
            "backups",
            "history",
            "doctor",
            "init",
            "deploy",
            "trust",
            "completion")) {
      assertThat(help).contains(command);
      project.sync(command, "--help").exits(0).says("sync " + command, "Exit codes", " 0 ", " 130");
    }
  }

  @Test
  void completionIsAScriptOfBash() {
    project.write("completion.bash", project.sync("completion").exits(0).out());
    project.run("bash", "-n", "completion.bash").exits(0);
    assertThat(project.run("bash", "-c", ". ./completion.bash && complete -p sync").exits(0).out())
        .contains("sync");
  }

  @Test
  void mistakesAreToldAllAtOnce() {
    project.sync().exits(2);
    project.sync("dev-to-prd").exits(2).says("dev-to-prod");
    project.sync("dev-to-prod", "--dry-rum").exits(2).says("--dry-run");
    project.sync("dev-to-prod", "--exit-code").exits(2).says("--dry-run");
    project.sync("export", "--indent", "99", "--models", "a,,b").exits(2).says("--indent", "empty");

    project.set("tabels: [clienti.Cliente]\nexclud: [auth.User]\nmode: sideways\n");
    project
        .sync("dev-to-prod", "--force", "--json")
        .exits(2)
        .status("failed")
        .says("tabels", "\\\"tables\\\"", "exclud", "mode");
    project.sync("doctor", "--config", "nowhere.yaml").exits(2).says("nowhere.yaml");
  }

  @Test
  void logHasEveryStepAlsoTheSkipped() {
    project.sync("dev-to-prod", "--force", "--no-backup").exits(0);

    Path log = project.folder().resolve("logs/sync.log");
    assertThat(Project.mode(log)).isEqualTo("rw-------");
    assertThat(Project.read(log))
        .contains(
            "sync dev-to-prod --force --no-backup",
            "1/8 check",
            "2/8 export",
            "3/8 transfer",
            "4/8 plan",
            "5/8 confirm",
            "6/8 backup",
            "skipped: --no-backup",
            "7/8 merge",
            "8/8 verify",
            "ended: exit code 0")
        .doesNotContain("Nuovo");
  }

  @Test
  void speaksItalianAndWithoutEscapeCodesToAPipe() {
    project.variable("LANG", "it_IT.UTF-8");
    Ended preview = project.sync("dev-to-prod", "--dry-run").exits(0);

    preview.says("ANTEPRIMA", "solo in prod").doesNotSay("\u001b", "PREVIEW");
    project.sync("--help").exits(0).says("Codici di uscita").doesNotSay("\u001b");
    JsonNode result = project.sync("dev-to-prod", "--dry-run", "--json").exits(0).result();
    assertThat(result.path("status").asText()).isEqualTo("planned");
  }
}
