package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused, and that nothing is written then. */
class GuardsIT {
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

  private void nothingWasWritten() {
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.prod().hasLedger()).isFalse();
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void sameDatabaseOnBothSides() {
    try (Project twice = Project.local(project.prod(), project.prod())) {
      twice.sync("dev-to-prod", "--force").exits(2).says("has the same database as dev");
      // Under another name of the host it shows only when the databases are asked.
      twice.write(
          "sync-config/sync.yaml", twice.config().replaceFirst("@127\\.0\\.0\\.1", "@127.1"));
      twice.sync("dev-to-prod", "--force").exits(5).says("dev and prod are the same database");
      nothingWasWritten();
    }
  }

  @Test
  void databaseIsMarkedAsTheOther() {
    project.sync("dev-to-prod", "--force").exits(0);
    Map<String, List<String>> dev = project.dev().rows();
    try (Project turned = Project.local(/* dev= */ project.prod(), /* prod= */ project.dev())) {
      turned
          .sync("dev-to-prod", "--force", "--json")
          .exits(5)
          .status("refused")
          .says("is marked as dev", "is marked as prod");
      assertThat(project.dev().rows()).isEqualTo(dev);
    }
  }

  @Test
  void directionAgainstTheMaster() {
    project.more("mode: prod_to_dev\n");
    project.sync("dev-to-prod", "--force").exits(5).says("--against-master", "prod_to_dev");
    nothingWasWritten();
    project.sync("dev-to-prod", "--dry-run", "--against-master").exits(0);
    project.sync("prod-to-dev", "--dry-run").exits(0);

    project.more("").write(".env.sync", "SYNC_MODE=prod_to_dev\n");
    project.sync("dev-to-prod", "--force").exits(5).says("--against-master");
    project.write(".env.sync", "").variable("SYNC_MODE", "prod_to_dev");
    project.sync("dev-to-prod", "--force").exits(5).says("--against-master");
    nothingWasWritten();
    project.sync("dev-to-prod", "--force", "--against-master").exits(0);
  }

  @Test
  void schemasThatDifferAreToldAllAtOnce() {
    project
        .prod()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefono text",
            "ALTER TABLE pratiche_pratica ALTER COLUMN titolo TYPE varchar(80)");

    before = project.prod().rows();

    project
        .sync("dev-to-prod", "--force")
        .exits(5)
        .says(
            "clienti.Cliente: column telefono is only in prod",
            "pratiche.Pratica.titolo is text not null in dev, character varying(80) not null in"
                + " prod");

    nothingWasWritten();
  }

  @Test
  void onlyOneSyncAtATimeAndAStalePlanIsNotApplied() {
    Started first = project.startAtTerminal("dev-to-prod").saying("Type prod");

    project.sync("dev-to-prod", "--force").exits(5).says("Another sync is writing");
    project.sync("dev-to-prod", "--dry-run").exits(0);
    nothingWasWritten();

    project.prod().execute("UPDATE clienti_cliente SET nome = 'Meanwhile' WHERE id = 50");
    before = project.prod().rows();
    first.type("prod\ny\ny\n");
    first.ended().exits(5).says("clienti");
    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("dev-to-prod", "--force").exits(0);
  }

  @Test
  @Holds(value = "P29b", as = Outcome.REFUSED)
  void foreignKeysThatLeaveTheSetAreToldWithTheLineToAdd() {
    project.set("tables: [pratiche.Pratica]\n");
    neitherInNorOut("dev-to-prod", "--force");
    neitherInNorOut("doctor");
    project.set("tables: [pratiche.Pratica]\nexclude: [clienti.Cliente]\n");
    project
        .sync("dev-to-prod", "--force")
        .exits(2)
        .says("references: {public.clienti_cliente: {match: [codice]}}");
    nothingWasWritten();
  }

  private void neitherInNorOut(String... command) {
    project
        .sync(command)
        .exits(2)
        .says("pratiche.Pratica.cliente_id", "Add public.clienti_cliente");
  }

  @Test
  void tableWithoutKeyIsRefusedByName() {
    for (Office office : List.of(project.dev(), project.prod())) {
      office.execute("CREATE TABLE senza_chiave (a int)");
    }
    before = project.prod().rows();
    project.set(
        """
        tables: [clienti.Cliente, pratiche.Pratica, senza_chiave]
        exclude: [auth.User]
        """);

    Ended ended = project.sync("dev-to-prod", "--force").says("senza_chiave");

    ended.exits(2);
    nothingWasWritten();
  }

  @Test
  void unreachableServersAreToldTogether() {
    project.write(
        "sync-config/sync.yaml",
        project.config().replaceAll("127\\.0\\.0\\.1:\\d+/(\\w+)", "127.0.0.1:1/$1"));

    Ended ended = project.sync("dev-to-prod", "--force").exits(1);

    ended.says("dev", "prod", "127.0.0.1:1");
    assertThat(ended.err().lines().filter(line -> line.contains("127.0.0.1:1")).count())
        .as(ended.toString())
        .isGreaterThanOrEqualTo(2);
    project.sync("doctor").exits(1).says("red");
  }

  @Test
  void wrongPasswordIsToldWithoutIt() {
    project.variable("PROD_PASSWORD", "wrong-pa55word");
    project
        .sync("dev-to-prod", "--force")
        .exits(1)
        .says("password authentication failed", project.prod().database().name())
        .doesNotSay("wrong-pa55word", project.dev().database().password());
    project.variable("PROD_PASSWORD", "");
    Ended unset = project.sync("dev-to-prod", "--force").says("PROD_PASSWORD");
    assertThat(unset.exitCode()).as(unset.toString()).isIn(1, 2);
    nothingWasWritten();
  }

  @Test
  void missingRightsAreToldWithTheGrant() {
    project.prod().execute("REVOKE UPDATE ON clienti_cliente FROM CURRENT_USER");

    project
        .sync("dev-to-prod", "--force")
        .exits(1)
        .says("lacks", "UPDATE", "GRANT UPDATE ON", "clienti_cliente");
    nothingWasWritten();
  }

  @Test
  @Holds(value = "A3", as = Outcome.REFUSED)
  void aFailingStatementRollsEverythingBack() {
    project
        .prod()
        .execute(
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'not this one'; END $$",
            "CREATE TRIGGER no BEFORE INSERT ON pratiche_pratica FOR EACH ROW EXECUTE FUNCTION"
                + " no()");

    project
        .sync("dev-to-prod", "--force", "--json")
        .exits(1)
        .status("failed")
        .says("refused it in no()")
        .doesNotSay("not this one");

    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("history", "--env", "prod").exits(0).says("failed", "dev-to-prod");
    project.sync("rollback-last-sync", "--env", "prod", "--force").exits(1);
    project.prod().execute("DROP TRIGGER no ON pratiche_pratica");
    project.sync("dev-to-prod", "--force").exits(0);
  }

  @Test
  void anApplicationThatHoldsALockIsNotBlocked() {
    try (Hold hold =
        Hold.of(
            project.prod().database(),
            "UPDATE pratiche_pratica SET titolo = 'open' WHERE id = 1")) {
      Ended ended = project.start("dev-to-prod", "--force", "--no-backup").blockedBy(hold).ended();
      assertThat(ended.exitCode()).as(ended.toString()).isIn(1, 5);
      ended.says("lock");
    }
    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("dev-to-prod", "--force").exits(0);
  }
}
