package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sync undo-last-sync}, prod on this machine. */
abstract class UndoContract {
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
  void afterAFullReplaceEverythingIsAsBefore() {
    Map<String, List<String>> before = project.prod().rows();
    project.sync("dev-to-prod", "--full-replace", "--force").exits(0);
    Map<String, List<String>> synced = project.prod().rows();
    assertThat(synced).isNotEqualTo(before);

    project.sync("undo-last-sync", "--dry-run", "--json").exits(0).status("planned");
    assertThat(project.prod().rows()).isEqualTo(synced);
    Ended run = project.sync("undo-last-sync", "--force", "--json").exits(0).status("applied");

    assertThat(project.prod().rows()).isEqualTo(before);
    String backup = run.result().path("backup").path("name").asText();
    assertThat(backup).startsWith("pre_rollback_");
    project
        .sync("history", "--env", "prod")
        .exits(0)
        .says("undo-last-sync", "dev-to-prod", "undone");
    project
        .sync("undo-last-sync", "--env", "prod", "--force")
        .exits(1)
        .says("There is no sync to undo");
    project.sync("rollback-last-sync", "--env", "prod", "--force").exits(1);
    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void whatWasDoneSinceStays() {
    project.sync("dev-to-prod", "--force", "--no-backup").exits(0);
    project
        .prod()
        .execute(
            "UPDATE altro SET testo = 'written meanwhile'",
            "UPDATE clienti_cliente SET nome = 'Cambiato' WHERE id IN (60, 61)");
    project.sync("undo-last-sync", "--force", "--no-backup").exits(0);
    assertThat(project.prod().database().rows("SELECT id, testo FROM altro"))
        .containsExactly("1|written meanwhile");
    assertThat(
            project
                .prod()
                .database()
                .rows("SELECT id FROM clienti_cliente WHERE nome = 'Cambiato'"))
        .hasSize(2);
  }

  @Test
  void whatChangedAgainIsAConflict() {
    Map<String, List<String>> before = project.prod().rows();
    project.dev().execute("UPDATE clienti_cliente SET nome = 'Da dev' WHERE id IN (10, 11)");
    project.sync("dev-to-prod", "--force").exits(0);
    project.prod().execute("UPDATE clienti_cliente SET nome = 'Cambiato' WHERE id = 10");
    Map<String, List<String>> after = project.prod().rows();

    project
        .sync("undo-last-sync", "--force")
        .exits(4)
        .says("clienti.Cliente 10: changed again", "One row changed again", "--skip-changed");
    project
        .sync("undo-last-sync", "--dry-run", "--json")
        .exits(4)
        .status("conflicts")
        .says("\"changed_on_both\"");
    assertThat(project.prod().rows()).isEqualTo(after);
    project.sync("rollback-last-sync", "--dry-run").exits(0).says("undo-last-sync would keep");
    project.sync("rollback-last-sync", "--dry-run", "--json").exits(0).says("\"undoWouldKeep\":1");

    project.sync("undo-last-sync", "--skip-changed", "--force").exits(0);

    project.prod().execute("UPDATE clienti_cliente SET nome = 'x' WHERE id = 10");
    Map<String, List<String>> undone = project.prod().rows();
    assertThat(undone.keySet()).isEqualTo(before.keySet());
    before.remove("clienti_cliente");
    undone.remove("clienti_cliente");
    assertThat(undone).isEqualTo(before);
  }

  @Test
  void oneSyncAfterTheOther() {
    Map<String, List<String>> first = project.prod().rows();
    project.sync("dev-to-prod", "--force", "--no-backup").exits(0);
    Map<String, List<String>> second = project.prod().rows();
    project.dev().execute("UPDATE clienti_cliente SET nome = 'Da dev' WHERE id IN (10, 11)");
    project.sync("dev-to-prod", "--force").exits(0);

    project.sync("undo-last-sync", "--force", "--env", "prod").exits(0);
    assertThat(project.prod().rows()).isEqualTo(second);
    project.sync("undo-last-sync", "--force", "--env", "prod").exits(0);
    assertThat(project.prod().rows()).isEqualTo(first);
    project.sync("dev-to-prod", "--force").exits(0);
    assertThat(
            project.prod().database().rows("SELECT id FROM clienti_cliente WHERE nome = 'Da dev'"))
        .hasSize(2);
  }
}
