package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** kill -9 and the like: prod is as it was, and the next command works. */
@Tag("night")
class FaultsIT {
  private Project project;
  private Map<String, List<String>> before;

  @BeforeEach
  void open() {
    project = Project.everyday();
    before = project.prod().rows();
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void prodIsAsItWasAndTheNextSyncWorks() {
    project.prod().awaitOnly(0);
    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
    project.sync("rollback-last-sync", "--force").exits(0);
    assertThat(project.prod().rows()).isEqualTo(before);
  }

  @Test
  void killedInTheCheck() {
    // Whoever keeps readers out keeps the check waiting already: constraints are read with it.
    try (Hold hold =
        Hold.of(project.prod().database(), "LOCK TABLE clienti_cliente IN ACCESS EXCLUSIVE MODE")) {
      project.start("dev-to-prod", "--force").blockedBy(hold).kill();
    }
    prodIsAsItWasAndTheNextSyncWorks();
  }

  @Test
  void killedInThePlan() {
    project.start("dev-to-prod", "--force").saying("3/8").kill();
    prodIsAsItWasAndTheNextSyncWorks();
  }

  @Test
  void killedAtTheQuestion() {
    project.startAtTerminal("dev-to-prod").saying("Type prod").kill();
    prodIsAsItWasAndTheNextSyncWorks();
  }

  @Test
  void killedWaitingForItsLocks() {
    killedInTheMerge("LOCK TABLE pratiche_pratica IN ROW EXCLUSIVE MODE");
  }

  @Test
  @Holds(value = "A9", as = Outcome.REFUSED)
  void killedBetweenTheStatementsOfTheMerge() {
    project
        .prod()
        .execute(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock(815); RETURN NEW; END $$",
            "CREATE TRIGGER wait BEFORE INSERT ON pratiche_pratica FOR EACH ROW"
                + " EXECUTE FUNCTION wait()");
    killedInTheMerge("SELECT pg_advisory_xact_lock(815)");
  }

  private void killedInTheMerge(String held) {
    try (Hold hold = Hold.of(project.prod().database(), held)) {
      project.start("dev-to-prod", "--force").blockedBy(hold).kill();
    }
    project.prod().awaitOnly(0);
    project.sync("history", "--env", "prod").exits(0).says("dev-to-prod", "not ended");
    prodIsAsItWasAndTheNextSyncWorks();
  }

  @Test
  void interruptedInTheMergeItTellsWhatBecameOfIt() {
    try (Hold hold =
        Hold.of(project.prod().database(), "LOCK TABLE pratiche_pratica IN ROW EXCLUSIVE MODE")) {
      Started run = project.start("dev-to-prod", "--force").blockedBy(hold);
      run.interrupt();
      run.ended().exits(130).says("interrupted:", "sync history --env prod");
    }
    prodIsAsItWasAndTheNextSyncWorks();
  }
}
