package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Finding.Severity;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.keys.FreshKey;
import io.travaso.keys.KeyClass;
import io.travaso.keys.KeyReach;
import io.travaso.keys.RenumberPlan;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.MergeResult;
import io.travaso.merge.TablePlan;
import io.travaso.site.Requests.Role;
import io.travaso.testing.Engine;
import io.travaso.traps.Holds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every site does, wherever it is. */
abstract class SiteContract {
  @TempDir Path project;

  private Offices offices;
  private Site site;

  abstract Engine engine();

  /** The lines of the configuration that say where prod lives. */
  abstract String host(Path project) throws IOException;

  /** A site of prod; what it needs on its host is there. */
  abstract Site open(Offices offices) throws IOException;

  @BeforeEach
  void open() throws IOException {
    offices = new Offices(engine(), project, host(project));
    site = open(offices);
  }

  @AfterEach
  void close() {
    site.close();
    offices.close();
  }

  Offices offices() {
    return offices;
  }

  Site site() {
    return site;
  }

  @Test
  void checksWhatItIsAskedToAndFindsNothingWrong() {
    SiteReport report = site.check(Offices.check(Role.TARGET), Progress.SILENT);

    assertThat(report.findings()).noneMatch(Finding::isProblem);
    assertThat(report.environment()).isEqualTo("prod");
    assertThat(report.toolVersion()).isEqualTo(ToolMain.VERSION);
    assertThat(report.configFingerprint()).isEqualTo(offices.config().fingerprint());
    assertThat(report.server()).isNotNull();
    assertThat(report.mark()).isNull();
    // Eleven that are named, and the two links of a case that come along.
    assertThat(report.tables()).hasSize(13);
  }

  @Test
  void checksEverythingAtOnceAndWritesNothing() {
    List<String> told =
        switch (engine()) {
          case POSTGRESQL -> {
            offices.prod().execute("REVOKE INSERT ON pratiche_pratica FROM app");
            offices.prod().execute("REVOKE SELECT ON auth_user FROM app");
            yield List.of(
                "INSERT on \"public\".\"pratiche_pratica\"", "SELECT on \"public\".\"auth_user\"");
          }
          case MARIADB -> {
            offices.prod().execute("ALTER TABLE scadenze_scadenza DROP PRIMARY KEY, MODIFY id int");
            offices.prod().execute("DROP TABLE pratiche_praticanota");
            yield List.of("there is no table", "scadenze.Scadenza has no primary key");
          }
        };

    SiteReport report = site.check(Offices.check(Role.TARGET), Progress.SILENT);

    assertThat(report.findings())
        .filteredOn(Finding::isProblem)
        .extracting(Finding::what)
        .anyMatch(what -> what.contains(told.get(0)))
        .anyMatch(what -> what.contains(told.get(1)));
    assertThat(offices.prod().hasLedger()).isFalse();
  }

  @Test
  void exportsIntoAFixtureThatCanBeFetched() throws IOException {
    Exported exported =
        site.export(new Requests.Export(List.of(), null, ".json.gz", 0), Progress.SILENT);

    Path here = site.fetch(exported, null, Progress.SILENT);

    FixtureFacts facts = FixtureFacts.of(here);
    assertThat(facts.environment()).isEqualTo("prod");
    assertThat(facts.sha256()).isEqualTo(exported.sha256());
    assertThat(facts.records()).isEqualTo(exported.records()).isGreaterThan(900);
    assertThat(Files.size(here)).isEqualTo(exported.bytes());
    assertThat(here.getFileName().toString()).matches("prod_export_\\d{8}_\\d{6}\\.json\\.gz");
  }

  @Test
  void exportsOnlyWhatItIsAskedFor() {
    Exported exported =
        site.export(
            new Requests.Export(List.of("pratiche.TipoPratica"), null, ".json", 0),
            Progress.SILENT);

    assertThat(exported.records()).isEqualTo(8);
  }

  @Test
  void keepsAsManyExportsAsConfigured() {
    List<Exported> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(site.export(new Requests.Export(List.of(), null, ".json", 0), Progress.SILENT));
    }

    assertThat(all)
        .extracting(e -> Files.exists(Path.of(e.file())))
        .containsExactly(false, true, true);
  }

  @Test
  void plansExactlyWhatItThenDoes() {
    List<String> before = offices.state();
    Exported exported = offices.exportDev();

    MergePlan plan = Offices.plan(site, exported, Progress.SILENT);

    assertThat(offices.state()).isEqualTo(before);
    assertThat(plan.total(TablePlan::created)).isEqualTo(4);
    assertThat(plan.total(TablePlan::updated)).isEqualTo(1);
    assertThat(plan.total(TablePlan::onlyInTarget)).isEqualTo(2);
    assertThat(plan.total(TablePlan::deleted)).isZero();

    Backup backup =
        site.backup(new Requests.TakeBackup(BackupLabel.PRE_SYNC, "run-1"), Progress.SILENT);
    MergeResult result = site.merge(Offices.merge(plan, "run-1", backup.name()), Progress.SILENT);

    assertThat(result.plan()).isEqualTo(plan);
    assertThat(result.rowsAfter()).hasSameSizeAs(plan.tables()).doesNotContain(0L);
    assertThat(
            offices
                .prod()
                .rows(
                    "SELECT c.id, username FROM anagrafiche_cliente AS c LEFT JOIN auth_user AS u"
                        + " ON u.id = responsabile_id WHERE c.id > 100 ORDER BY 1"))
        .containsExactly("101|giulia", "102|anna");
    assertThat(Offices.plan(site, exported, Progress.SILENT).isEmpty()).isTrue();
  }

  @Test
  void remembersItsRuns() {
    assertThat(site.history()).isEmpty();
    MergePlan plan = Offices.plan(site, offices.exportDev(), Progress.SILENT);
    Backup backup =
        site.backup(new Requests.TakeBackup(BackupLabel.PRE_SYNC, "run-1"), Progress.SILENT);
    site.merge(Offices.merge(plan, "run-1", backup.name()), Progress.SILENT);

    assertThat(site.history()).hasSize(1);
    Run run = site.history().get(0);
    assertThat(run.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(run.backup()).isEqualTo(backup.name());
    assertThat(run.runBy()).isEqualTo("anna@laptop");
    assertThat(run.finishedAt()).isAfterOrEqualTo(run.startedAt());
    assertThat(run.tables()).hasSize(13);
    assertThat(site.backups()).containsExactly(backup);
    assertThat(site.check(Offices.check(Role.TARGET), Progress.SILENT).mark())
        .satisfies(mark -> assertThat(mark.environment()).isEqualTo("prod"));
  }

  @Test
  void givesRowsFreshKeysAndRecordsIt() {
    String name = "anagrafiche.Cliente";
    KeyReach reach = site.keys().reach(new KeyRequests.Reach(name, List.of(1L, 999999L)));
    assertThat(reach.taken()).containsExactly(1L);
    RenumberPlan plan =
        site.keys()
            .plan(
                new KeyRequests.PlanRenumber(name, List.of(1L), 5000, null, List.of("dev")),
                Progress.SILENT);
    assertThat(plan.keys()).containsExactly(new FreshKey(1, 5001));
    assertThat(plan.references()).isNotEmpty();
    List<String> before = offices.prod().rows("SELECT * FROM anagrafiche_cliente ORDER BY id");

    site.keys()
        .renumber(
            new KeyRequests.Renumber(plan, "run-1", "anna@laptop", List.of("dev")),
            Progress.SILENT);

    assertThat(offices.prod().rows("SELECT * FROM anagrafiche_cliente ORDER BY id"))
        .hasSameSizeAs(before)
        .isNotEqualTo(before);
    assertThat(offices.prod().rows("SELECT id FROM anagrafiche_cliente WHERE id IN (1, 5001)"))
        .containsExactly("5001");
    Run run = site.history().get(0);
    assertThat(run.command()).isEqualTo(Run.RENUMBER);
    assertThat(run.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(run.isSync()).isFalse();
    assertThat(site.keys().sources()).anyMatch(s -> s.label().equals(name) && s.next() > 5001);
  }

  @Test
  void refusesClassesOfNumbersOrDrawsFromThem() {
    KeyRequests.DrawFrom second = new KeyRequests.DrawFrom(new KeyClass(2, 2), 2);
    switch (engine()) {
      case POSTGRESQL -> {
        assertThat(site.keys().planClass(second).changes()).isNotEmpty();
        assertThat(site.keys().drawFrom(second).changes()).isNotEmpty();
        assertThat(site.keys().planClass(second).changes()).isEmpty();
      }
      case MARIADB ->
          assertThat(
                  catchThrowableOfType(SyncException.class, () -> site.keys().planClass(second))
                      .details())
              .anyMatch(line -> line.contains("auto_increment_increment = 2"));
    }
  }

  @Test
  @Holds(value = "A5", as = io.travaso.traps.Outcome.EXACT)
  void goesBackToWhereItWas() {
    List<String> before = offices.state();
    MergePlan plan = Offices.plan(site, offices.exportDev(), Progress.SILENT);
    Backup backup =
        site.backup(new Requests.TakeBackup(BackupLabel.PRE_SYNC, "run-1"), Progress.SILENT);
    site.merge(Offices.merge(plan, "run-1", backup.name()), Progress.SILENT);
    offices.prod().execute("UPDATE vocititolario SET titolo = 'later' WHERE id = 1");

    RollbackPlan back = site.planRollback(new Requests.PlanRollback(null, true), Progress.SILENT);

    assertThat(back.backup()).isEqualTo(backup);
    assertThat(back.passedOver()).isEmpty();
    assertThat(back.run()).satisfies(run -> assertThat(run.id()).isEqualTo("run-1"));
    assertThat(back.changedSince()).isEqualTo(1);
    assertThat(back.plan().total(TablePlan::deleted)).isEqualTo(4);
    Backup present =
        site.backup(new Requests.TakeBackup(BackupLabel.PRE_ROLLBACK, "run-2"), Progress.SILENT);
    site.merge(
        new Requests.Merge(
            back.plan(),
            "run-2",
            Run.ROLLBACK,
            "prod",
            "anna@laptop",
            null,
            null,
            present.name(),
            "run-1"),
        Progress.SILENT);
    assertThat(offices.state()).isEqualTo(before);
    assertThat(site.history())
        .extracting(Run::outcome)
        .containsExactly(Outcome.APPLIED, Outcome.ROLLED_BACK);
  }

  @Test
  void undoesJustTheRowsThatItWrote() {
    List<String> before = offices.state();
    MergePlan plan = Offices.plan(site, offices.exportDev(), Progress.SILENT);
    assertThat(site.merge(Offices.merge(plan, "run-1", null), Progress.SILENT).undoable()).isTrue();
    offices.prod().execute("UPDATE vocititolario SET titolo = 'later' WHERE id = 1");
    List<String> since = offices.state();

    UndoPlan undo = site.planUndo(new Requests.PlanUndo(false, true), Progress.SILENT);

    assertThat(undo.run().id()).isEqualTo("run-1");
    assertThat(undo.conflicts()).isEmpty();
    assertThat(undo.plan().total(TablePlan::deleted)).isEqualTo(4);
    assertThat(undo.plan().total(TablePlan::updated)).isEqualTo(1);
    assertThat(offices.state()).isEqualTo(since);
    site.merge(
        new Requests.Merge(
            undo.plan(), "run-2", Run.UNDO, "prod", "anna@laptop", null, null, null, "run-1"),
        Progress.SILENT);
    assertThat(site.history())
        .extracting(Run::outcome)
        .containsExactly(Outcome.APPLIED, Outcome.UNDONE);
    assertThat(offices.prod().rows("SELECT titolo FROM vocititolario WHERE id = 1"))
        .containsExactly("later");
    offices.prod().execute("UPDATE vocititolario SET titolo = 'x' WHERE id = 1");
    assertThat(offices.state()).hasSameSizeAs(before);
    assertThat(
            catchThrowableOfType(
                    SyncException.class,
                    () -> site.planUndo(new Requests.PlanUndo(false, false), Progress.SILENT))
                .what())
        .contains("no sync to undo");
  }

  @Test
  void keepsAsManyBackupsAsConfigured() {
    for (int i = 0; i < 4; i++) {
      site.backup(new Requests.TakeBackup(BackupLabel.MANUAL, null), Progress.SILENT);
    }
    List<Backup> all = site.backups();

    assertThat(site.retain(new Requests.Retain(null))).containsExactly(all.get(3).name());

    assertThat(site.backups()).containsExactlyElementsOf(all.subList(0, 3));
  }

  @Test
  void marksItsDatabaseOnce() {
    site.mark(new Requests.Mark("anna@laptop"));
    site.mark(new Requests.Mark("bruno@laptop"));

    assertThat(site.check(Offices.check(Role.EXAMINED), Progress.SILENT).mark())
        .satisfies(
            mark -> {
              assertThat(mark.environment()).isEqualTo("prod");
              assertThat(mark.markedBy()).isEqualTo("anna@laptop");
            });
  }

  @Test
  void tellsHowFarItIs() {
    offices.addLabels(offices.prod(), 40000);
    List<String> told = new ArrayList<>();
    Progress progress = (work, done, total) -> told.add(work + " " + done);

    site.export(new Requests.Export(List.of(), null, ".json", 0), progress);

    assertThat(told).containsExactly("pratiche.Etichetta 16384", "pratiche.Etichetta 32768");
  }

  @Test
  void saysWhichRowsReferToWhatItDoesNotHave() {
    offices.dev().execute("UPDATE auth_user SET username = 'nemo' WHERE username = 'giulia'");
    List<String> before = offices.state();

    SyncException refused =
        catchThrowableOfType(
            SyncException.class, () -> Offices.plan(site, offices.exportDev(), Progress.SILENT));

    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what()).isNotEmpty();
    assertThat(refused.hint()).isNotEmpty();
    assertThat(refused.details()).anyMatch(detail -> detail.contains("anagrafiche.Cliente"));
    assertThat(offices.state()).isEqualTo(before);
  }

  @Test
  void mergesWhatBothSidesHaveWhereThatIsAllowed() {
    offices.prod().execute("ALTER TABLE anagrafiche_cliente ADD COLUMN fax text DEFAULT 'no'");
    offices
        .prod()
        .execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES"
                + " ('anagrafiche', '0002_fax', now())");
    Exported exported = offices.exportDev();
    String there = site.send(Path.of(exported.file()), Progress.SILENT);

    SyncException refusal =
        catchThrowableOfType(
            SyncException.class, () -> Offices.plan(site, exported, Progress.SILENT));
    FixturePlan plan =
        site.plan(
            new Requests.Plan(
                there, exported.sha256(), List.of(), MergePolicy.UPSERT, true, true, null),
            Progress.SILENT);
    site.merge(Offices.merge(plan.plan(), "run-1", "none"), Progress.SILENT);

    assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refusal.details()).hasSize(2);
    assertThat(plan.drift().columns())
        .containsExactly(
            new AllowedDrift.ColumnDrift(
                "public.anagrafiche_cliente",
                "anagrafiche.Cliente",
                "fax",
                AllowedDrift.Side.TARGET));
    assertThat(plan.drift().migrations())
        .containsExactly(
            new AllowedDrift.MigrationDrift(
                "public.django_migrations",
                List.of("anagrafiche.0002_fax"),
                AllowedDrift.Side.TARGET));
    assertThat(offices.prod().rows("SELECT fax FROM anagrafiche_cliente WHERE id > 100"))
        .containsExactly("no", "no");
  }

  @Test
  void goesOnAfterAnError() {
    SyncException missing =
        catchThrowableOfType(
            SyncException.class,
            () ->
                site.plan(
                    new Requests.Plan(
                        project.resolve("none.json").toString(),
                        null,
                        List.of(),
                        MergePolicy.UPSERT,
                        false,
                        false,
                        null),
                    Progress.SILENT));

    assertThat(missing.what()).contains("none");
    assertThat(site.history()).isEmpty();
  }

  @Test
  void mergesNothingThatWasNotPlanned() {
    SyncException nothing =
        catchThrowableOfType(
            SyncException.class,
            () ->
                site.merge(
                    Offices.merge(new MergePlan(List.of(), List.of()), "run-1", "none"),
                    Progress.SILENT));

    assertThat(nothing.kind()).isEqualTo(Kind.FAILED);
    assertThat(nothing.what()).contains("Nothing was planned");
    assertThat(site.history()).isEmpty();
  }

  @Test
  void stopsWhenTheTargetChangedAfterThePlan() {
    MergePlan plan = Offices.plan(site, offices.exportDev(), Progress.SILENT);
    offices.prod().execute("UPDATE anagrafiche_cliente SET tariffa_oraria = 99 WHERE id = 50");
    List<String> before = offices.state();

    SyncException stale =
        catchThrowableOfType(
            SyncException.class,
            () -> site.merge(Offices.merge(plan, "run-1", "none"), Progress.SILENT));

    assertThat(stale.kind()).isEqualTo(Kind.REFUSED);
    assertThat(stale.details()).containsExactly("anagrafiche.Cliente");
    assertThat(offices.state()).isEqualTo(before);
    assertThat(site.history()).extracting(Run::outcome).containsExactly(Outcome.FAILED);
  }

  @Test
  void letsOnlyOneRunWrite() throws IOException {
    Exported exported = offices.exportDev();
    Offices.plan(site, exported, Progress.SILENT);

    try (Site other = open(offices)) {
      SyncException busy =
          catchThrowableOfType(
              SyncException.class, () -> Offices.plan(other, exported, Progress.SILENT));

      assertThat(busy.kind()).isEqualTo(Kind.REFUSED);
      assertThat(busy.what()).contains("Another sync");
    }
  }

  @Test
  void proposesTheSetOfItsDatabase() {
    SetProposal proposal = site.propose();

    assertThat(proposal.tables())
        .extracting(SetProposal.Group::name)
        .containsExactly("anagrafiche", "documenti", "pratiche", "scadenze", "titolario");
    assertThat(proposal.size()).isEqualTo(11);
  }

  @Test
  void examinesMoreThanARunNeeds() {
    SiteReport report = site.check(Offices.check(Role.EXAMINED), Progress.SILENT);

    assertThat(report.findings()).extracting(Finding::severity).contains(Severity.OK);
    assertThat(report.findings()).noneMatch(Finding::isProblem);
  }
}
