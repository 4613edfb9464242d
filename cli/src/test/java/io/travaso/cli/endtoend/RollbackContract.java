package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sync rollback-last-sync}, prod on this machine. */
abstract class RollbackContract {
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
  @Holds(value = "A5", as = Outcome.EXACT)
  void everythingIsAsBefore() {
    Map<String, List<String>> before = project.prod().rows();
    project.sync("dev-to-prod", "--full-replace", "--force").exits(0);
    assertThat(project.prod().rows()).isNotEqualTo(before);

    project
        .sync("rollback-last-sync", "--dry-run", "--json")
        .exits(0)
        .status("planned")
        .counts(1, 1, 2, 119, 0);
    Ended run = project.sync("rollback-last-sync", "--force", "--json").exits(0);

    run.status("applied").counts(1, 1, 2, 119, 0).says("\"note\":\"not_changed_since\"");
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(run.result().path("backup").path("name").asText()).startsWith("pre_rollback_");
    assertThat(project.dumps())
        .satisfiesExactlyInAnyOrder(
            name -> assertThat(name).startsWith("pre_sync_"),
            name -> assertThat(name).startsWith("pre_rollback_"));
    project
        .sync("history", "--env", "prod")
        .exits(0)
        .says("rollback-last-sync", "dev-to-prod", "rolled back");
  }

  @Test
  void tellsWhatWasChangedSinceAndAsksForTheName() {
    Map<String, List<String>> before = project.prod().rows();
    project.sync("dev-to-prod", "--force").exits(0);
    project
        .prod()
        .execute(
            "UPDATE clienti_cliente SET nome = 'Cambiato' WHERE id IN (50, 60)",
            "DELETE FROM pratiche_pratica WHERE id = 3",
            "UPDATE altro SET testo = 'written meanwhile'");
    Map<String, List<String>> after = project.prod().rows();

    project
        .sync("rollback-last-sync")
        .exits(5)
        .says(
            "clienti.Cliente, 2 written, 0 deleted",
            "pratiche.Pratica, 0 written, 1 deleted",
            "--force");
    project.typing("yes\n", "rollback-last-sync").exits(5).says("3 rows that were changed since");
    assertThat(project.prod().rows()).isEqualTo(after);

    project.typing("prod\n", "rollback-last-sync").exits(0);
    Map<String, List<String>> back = project.prod().rows();
    back.remove("altro");
    assertThat(project.prod().database().rows("SELECT id, testo FROM altro"))
        .containsExactly("1|written meanwhile");
    before.remove("altro");
    assertThat(back).isEqualTo(before);
  }

  @Test
  void uniqueValuesThatChangedPlacesGoBack() {
    Map<String, List<String>> before = project.prod().rows();
    project
        .dev()
        .execute(
            "UPDATE clienti_cliente SET codice = CONCAT('x', codice) WHERE id < 40",
            "UPDATE clienti_cliente SET codice = CONCAT('C', 40 - id) WHERE id < 40");
    project.sync("dev-to-prod", "--force").exits(0);
    assertThat(project.prod().rows()).isNotEqualTo(before);

    project.sync("rollback-last-sync", "--force").exits(0);

    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void aSyncIsTakenBackOnce() {
    project.sync("dev-to-prod", "--force").exits(0);
    Map<String, List<String>> synced = project.prod().rows();
    Ended first = project.sync("rollback-last-sync", "--force", "--json").exits(0);
    Map<String, List<String>> back = project.prod().rows();

    project
        .sync("rollback-last-sync", "--force", "--json")
        .exits(5)
        .status("refused")
        .says("taken back already", "--backup");
    assertThat(project.prod().rows()).isEqualTo(back);

    String present = first.result().path("backup").path("name").asText();
    project.sync("rollback-last-sync", "--backup", present, "--env", "prod", "--force").exits(0);
    assertThat(project.prod().rows()).as("the rollback taken back").isEqualTo(synced);
  }

  @Test
  void withoutBackupThereIsNoWayBack() {
    project.sync("dev-to-prod", "--force", "--no-backup").exits(0);
    Map<String, List<String>> before = project.prod().rows();

    project.sync("rollback-last-sync", "--force").exits(5).says("--no-backup");

    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void nothingToTakeBack() {
    project
        .sync("rollback-last-sync", "--force", "--env", "prod")
        .exits(1)
        .says("There is no sync to take back");
    assertThat(project.prod().hasLedger()).isFalse();
  }

  @Test
  @Holds(value = "A6", as = Outcome.REFUSED)
  void aBackupThatIsNotWholeIsPassedOver() throws IOException {
    Map<String, List<String>> before = project.prod().rows();
    project.sync("dev-to-prod", "--force").exits(0);
    project.dev().execute("UPDATE clienti_cliente SET nome = 'Ancora' WHERE id = 1");
    JsonNode second = project.sync("dev-to-prod", "--force", "--json").exits(0).result();
    Path latest = Path.of(second.path("backup").path("file").asText());
    try (FileChannel file = FileChannel.open(latest, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }

    project
        .sync("rollback-last-sync", "--force")
        .exits(0)
        .says("a later backup is not whole: " + latest.getFileName());

    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void listsAndTakesByName() {
    project.sync("dev-to-prod", "--force").exits(0);
    String name = project.dumps().get(0);

    project.sync("rollback-last-sync", "--list").exits(0).says(name, "TAKEN", "SIZE");
    JsonNode list = project.sync("rollback-last-sync", "--list", "--json").exits(0).result();
    assertThat(list.path("backups").get(0).path("name").asText()).isEqualTo(name);
    project
        .sync("rollback-last-sync", "--backup", "pre_sync_20010101_000000.dump", "--force")
        .exits(2)
        .says("There is no backup pre_sync_20010101_000000.dump", "--list");
    project.sync("rollback-last-sync", "--list", "--force").exits(2);
    project.run(Project.script("rollback-last-sync"), "--backup", name, "--force").exits(0);
    assertThat(project.prod().customer(101)).isEmpty();
  }

  @Test
  void theLastTargetMayBeDev() {
    Map<String, List<String>> before = project.dev().rows();
    project.run(Project.script("sync_prod_to_dev.sh"), "--force").exits(0);
    assertThat(project.dev().rows()).isNotEqualTo(before);

    project.run(Project.script("rollback_last_sync.sh"), "--force").exits(0).says("In dev:");

    assertThat(project.dev().rows()).isEqualTo(before);
  }
}
