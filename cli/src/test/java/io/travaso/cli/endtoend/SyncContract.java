package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sync dev-to-prod} and back, both environments on this machine. */
abstract class SyncContract {
  private Project project;

  abstract Engine engine();

  @BeforeEach
  void open() {
    project = Project.everyday(engine(), engine());
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void dryRunTellsAllAndWritesNothing() {
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("dev-to-prod", "--dry-run")
        .exits(0)
        .says(
            "PREVIEW (dry run): dev -> prod",
            "+ created    clienti.Cliente 1, pratiche.Pratica 1",
            "total 2",
            "~ updated    clienti.Cliente 1",
            "only in prod, kept   clienti.Cliente 1",
            "5/8 confirm   skipped: dry run",
            "6/8 backup    skipped: dry run",
            "7/8 merge     skipped: dry run",
            "8/8 verify    skipped: dry run");
    project
        .sync("dev-to-prod", "--dry-run", "--exit-code", "--json")
        .exits(3)
        .status("planned")
        .counts(2, 1, 0, 119, 1);

    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.prod().hasLedger()).isFalse();
    assertThat(project.dev().hasLedger()).isFalse();
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void everydayScenario() {
    Ended run = project.sync("dev-to-prod", "--force", "--json");

    run.exits(0).status("applied").counts(2, 1, 0, 119, 1);
    assertThat(project.prod().customer(101)).containsExactly("101|C101|Nuovo|48.50|anna");
    assertThat(project.prod().customer(50)).containsExactly("50|C50|Cliente 50|72.00|anna");
    assertThat(project.prod().customer(102)).containsExactly("102|C102|Altro|5.00|\\N");
    assertThat(
            project
                .prod()
                .database()
                .rows(
                    "INSERT INTO clienti_cliente (codice, nome, tariffa) VALUES ('n', 'n', 1)"
                        + " RETURNING id"))
        .as("the application's next insert works")
        .containsExactly("103");
  }

  @Test
  void resultIsTheContract() {
    JsonNode result = project.sync("dev-to-prod", "--force", "--json").exits(0).result();

    assertThat(names(result))
        .containsExactly(
            "command",
            "status",
            "dryRun",
            "runId",
            "source",
            "target",
            "tables",
            "totals",
            "fixture",
            "backup",
            "conflicts",
            "firstSync",
            "overwritten");
    assertThat(result.path("command").asText()).isEqualTo("dev-to-prod");
    assertThat(result.path("dryRun").asBoolean()).isFalse();
    assertThat(result.path("tables").get(0).toString())
        .isEqualTo(
            "{\"table\":\"public.clienti_cliente\",\"model\":\"clienti.cliente\","
                + "\"label\":\"clienti.Cliente\",\"created\":1,\"updated\":1,\"deleted\":0,"
                + "\"unchanged\":99,\"onlyInTarget\":1,\"conflicts\":0,\"keptTarget\":0,"
                + "\"merged\":0,\"collisions\":0,\"goneInSource\":0}");
    JsonNode fixture = result.path("fixture");
    assertThat(names(fixture)).containsExactly("file", "sha256", "records");
    assertThat(fixture.path("records").asInt())
        .as("of 122, those that differ and those of tables that are moved as a whole")
        .isEqualTo(102);
    assertThat(Path.of(fixture.path("file").asText()).getFileName().toString())
        .matches("dev_export_\\d{8}_\\d{6}\\.json\\.zst");
    JsonNode backup = result.path("backup");
    assertThat(names(backup)).containsExactly("name", "file", "bytes", "sha256", "verified");
    assertThat(backup.path("verified").asBoolean()).isTrue();
    Path file = Path.of(backup.path("file").asText());
    assertThat(file.getFileName().toString()).matches("pre_sync_\\d{8}_\\d{6}\\.(dump|sql\\.zst)");
    assertThat(file.toFile()).hasSize(backup.path("bytes").asLong());
    assertThat(Project.mode(file)).isEqualTo("rw-------");
    assertThat(Project.mode(project.backups())).isEqualTo("rwx------");
    assertThat(Project.mode(Path.of(fixture.path("file").asText()))).isEqualTo("rw-------");
  }

  @Test
  void eventsAreOneObjectALine() {
    Ended run = project.sync("dev-to-prod", "--force", "--json").exits(0);

    List<String> steps = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode event = Ended.parse(line);
      if (event.path("event").asText().equals("step") && !event.path("state").asText().isEmpty()) {
        steps.add(event.path("step").asInt() + " " + event.path("state").asText());
      }
    }
    assertThat(steps)
        .containsSubsequence("1 done", "2 done", "3 skipped", "4 done", "5 done", "6 done")
        .containsSubsequence("7 done", "8 done");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void secondRunChangesNothingAndTakesNoBackup() {
    project.sync("dev-to-prod", "--force").exits(0);
    Map<String, List<String>> before = project.prod().rows();
    List<String> dumps = project.dumps();

    // Nothing to write: nobody has to be asked either.
    Ended second = project.sync("dev-to-prod", "--json");

    second.exits(0).status("unchanged").counts(0, 0, 0, 122, 1);
    assertThat(second.result().has("backup")).isFalse();
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.dumps()).isEqualTo(dumps).hasSize(1);
  }

  @Test
  void withoutTerminalAndForceNothingIsWritten() {
    Map<String, List<String>> prod = project.prod().rows();
    Map<String, List<String>> dev = project.dev().rows();

    project.sync("dev-to-prod").exits(5).says("--force", "not a terminal");
    project.sync("prod-to-dev").exits(5).says("--force");
    project.sync("dev-to-prod", "--json").exits(5).status("refused").says("--force");

    assertThat(project.prod().rows()).isEqualTo(prod);
    assertThat(project.dev().rows()).isEqualTo(dev);
    assertThat(project.prod().hasLedger()).isFalse();
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void protectedEnvironmentWantsItsNameTyped() {
    Map<String, List<String>> before = project.prod().rows();

    project.typing("yes\ny\ny\n", "dev-to-prod").exits(5).says("prod is protected", "Type prod");
    project.typing("", "dev-to-prod").exits(5);
    assertThat(project.prod().rows()).isEqualTo(before);

    project.typing("prod\ny\ny\n", "dev-to-prod").exits(0).says("5/8 confirm   confirmed");
    assertThat(project.prod().customer(101)).hasSize(1);
  }

  @Test
  void unprotectedEnvironmentWantsAYes() {
    Map<String, List<String>> before = project.dev().rows();

    project.typing("n\n", "prod-to-dev").exits(5).says("Not confirmed; nothing was written");
    assertThat(project.dev().rows()).isEqualTo(before);

    project.typing("y\ny\ny\n", "prod-to-dev").exits(0);
    assertThat(project.dev().customer(102)).hasSize(1);
    assertThat(project.dev().customer(101)).as("only in dev, kept").hasSize(1);
    assertThat(project.dev().customer(50)).containsExactly("50|C50|Cliente 50|75.00|anna");
    assertThat(project.files("backups-dev"))
        .anyMatch(name -> name.matches(".*\\.(dump|sql\\.zst)"));
  }

  @Test
  void noBackupTakesNone() {
    Ended run = project.sync("dev-to-prod", "--force", "--no-backup", "--json");

    run.exits(0).status("applied").says("\"state\":\"skipped\"", "--no-backup");
    assertThat(run.result().has("backup")).isFalse();
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void fullReplaceMakesAnExactCopy() {
    project
        .sync("dev-to-prod", "--full-replace", "--dry-run")
        .exits(0)
        .says("- deleted    vanish from prod: clienti.Cliente 1");
    assertThat(project.prod().customer(102)).hasSize(1);

    project
        .sync("dev-to-prod", "--full-replace", "--force", "--json")
        .exits(0)
        .counts(2, 1, 1, 119, 0);

    assertThat(project.prod().set()).isEqualTo(project.dev().set());
    assertThat(project.prod().database().rows("SELECT id, testo FROM altro"))
        .containsExactly("1|not in the set");
  }

  @Test
  @Holds(value = "A4", as = Outcome.REFUSED)
  void fullReplaceNeverReachesOutsideTheSet() {
    String table =
        "CREATE TABLE fuori (id int PRIMARY KEY, cliente_id int REFERENCES clienti_cliente (id)"
            + " ON DELETE CASCADE)";
    project.dev().execute(table);
    project.prod().execute(table, "INSERT INTO fuori VALUES (1, 102), (2, 1)");
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("dev-to-prod", "--full-replace", "--force", "--json")
        .exits(5)
        .status("refused")
        .says("public.fuori 1 references a row of clienti.Cliente that would be deleted");

    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void modelsLimitTheSet() {
    project
        .sync("dev-to-prod", "--models", "clienti.Cliente", "--force", "--json")
        .exits(0)
        .counts(1, 1, 0, 99, 1);
    assertThat(project.prod().customer(101)).hasSize(1);
    assertThat(project.prod().rows().get("pratiche_pratica")).hasSize(20);

    project
        .sync("dev-to-prod", "--tables", "pratiche.Pratica", "--force", "--json")
        .exits(0)
        .counts(1, 0, 0, 20, 0);
  }

  @Test
  void rowsWhoseParentsAreMissingAreRefused() {
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("dev-to-prod", "--models", "pratiche.Pratica", "--force", "--json")
        .exits(5)
        .says("pratiche.Pratica 21", "public.clienti_cliente");

    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void unknownModelIsAMistakeInTheCommand() {
    project
        .sync("dev-to-prod", "--models", "clienti.Clienti", "--dry-run")
        .exits(2)
        .says("clienti.Clienti", "clienti.Cliente");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
