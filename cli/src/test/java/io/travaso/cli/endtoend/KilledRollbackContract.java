package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * kill -9 at every step of a rollback, or of an undo: prod is as the sync left it, and the next one
 * goes back.
 */
abstract class KilledRollbackContract {
  private Project project;
  private Map<String, List<String>> before;
  private Map<String, List<String>> synced;

  abstract Engine engine();

  /** What takes the sync back. */
  String command() {
    return "rollback-last-sync";
  }

  /** Makes a trigger that waits, before a customer is updated, for what {@link #gate} holds. */
  abstract String[] waitingTrigger();

  abstract String gate();

  /** Locks a row of a case, as the application does. */
  abstract String rowLock();

  @BeforeEach
  void open() {
    project = Project.everyday(engine(), engine());
    before = project.prod().rows();
    project.sync("dev-to-prod", "--force").exits(0);
    synced = project.prod().rows();
    assertThat(synced).isNotEqualTo(before);
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void prodIsAsTheSyncLeftItAndTheNextGoesBack() {
    project.prod().awaitOnly(0);
    assertThat(project.prod().rows()).isEqualTo(synced);
    project.sync(command(), "--force", "--json").exits(0).status("applied");
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.files("backups-prod")).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void whileItReadsTheBackup() {
    project.start(command(), "--force").saying("4/8").kill();
    prodIsAsTheSyncLeftItAndTheNextGoesBack();
  }

  @Test
  void whileThePresentIsBackedUp() {
    project.start(command(), "--force").saying("6/8").kill();
    prodIsAsTheSyncLeftItAndTheNextGoesBack();
  }

  @Test
  void waitingForItsLocks() {
    killedInTheMerge(rowLock());
  }

  @Test
  @Holds(value = "A5", as = Outcome.EXACT)
  void betweenItsStatements() {
    project.prod().execute(waitingTrigger());
    killedInTheMerge(gate());
  }

  private void killedInTheMerge(String held) {
    try (Hold hold = Hold.of(project.prod().database(), held)) {
      project.start(command(), "--force").blockedBy(hold).kill();
    }
    prodIsAsTheSyncLeftItAndTheNextGoesBack();
  }
}
