package io.travaso.cli.command;

import static io.travaso.cli.testing.Reports.applied;
import static io.travaso.cli.testing.Reports.everyday;
import static io.travaso.cli.testing.Reports.firstSync;
import static io.travaso.cli.testing.Reports.planned;
import static io.travaso.cli.testing.Reports.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.SyncException.Kind;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.JsonPrinter;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.TextPrinter;
import io.travaso.cli.testing.Reports;
import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Doctor.Section;
import io.travaso.pipeline.Records.BackupRow;
import io.travaso.pipeline.Records.RunRow;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import io.travaso.pipeline.SyncReport.RowInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private final Surrounded surrounded = new Surrounded(Path.of("/"));

  private String text(Result result) {
    Console console = surrounded.console();
    Messages messages = new Messages(console.language(), ZoneOffset.UTC);
    new TextPrinter(console, messages, () -> 0).result(result);
    return surrounded.out().text();
  }

  private String json(Result result) {
    Console console = surrounded.console();
    Messages english = new Messages(Language.ENGLISH, ZoneOffset.UTC);
    new JsonPrinter(console.out(), console, english, english, () -> 0).result(result);
    return surrounded.out().text().strip();
  }

  private static SyncResult sync(SyncReport report) {
    return new SyncResult(report, false, "sync");
  }

  @Test
  void aSyncEndsWithWhatWasDoneAndTheWayBack() {
    assertThat(text(sync(applied(everyday(), true))))
        .isEqualTo(
            """

            Done. In prod: 38 created, 8 updated, 0 deleted.
            Backup before it: pre_sync_20261120_140311.dump (7.2 MB)
            To take it back: sync rollback-last-sync
            """);
  }

  @Test
  void withoutABackupThereIsNoWayBack() {
    assertThat(text(sync(applied(everyday(), false))))
        .endsWith("No backup was taken: at most undo-last-sync can take it back.\n");
  }

  @Test
  void aDryRunSaysThatNothingWasWritten() {
    assertThat(text(sync(everyday()))).contains("Dry run: nothing was written.");
  }

  @Test
  void nothingToChangeIsSaid() {
    assertThat(text(sync(planned(false, table("a.B", 0, 0, 0, 5, 0)))))
        .isEqualTo("\nNothing to change: prod has it all.\n");
  }

  @Test
  void onlyADryRunThatIsAskedToTellsDifferencesByItsExitCode() {
    SyncReport same = planned(true, table("a.B", 0, 0, 0, 5, 7));
    assertThat(new SyncResult(everyday(), true, "sync").exitCode()).isEqualTo(ExitCode.DIFFERENCES);
    assertThat(new SyncResult(everyday(), false, "sync").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(new SyncResult(same, true, "sync").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(new SyncResult(applied(everyday(), true), true, "sync").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void theJsonOfASyncIsTheContract() {
    SyncReport report = applied(planned(false, table("a.B", 15, 8, 0, 78, 1)), true);
    assertThat(json(sync(report)))
        .isEqualTo(
            "{\"command\":\"dev-to-prod\",\"status\":\"applied\",\"dryRun\":false,"
                + "\"runId\":\"20261120T140311Z-0a1b2c\",\"source\":\"dev\",\"target\":\"prod\","
                + "\"tables\":[{\"table\":\"public.a_b\",\"model\":\"a.b\",\"label\":\"a.B\","
                + "\"created\":15,\"updated\":8,\"deleted\":0,\"unchanged\":78,\"onlyInTarget\":1,"
                + "\"conflicts\":0,\"keptTarget\":0,\"merged\":0,\"collisions\":0,"
                + "\"goneInSource\":0}],"
                + "\"totals\":{\"created\":15,\"updated\":8,\"deleted\":0,\"unchanged\":78,"
                + "\"onlyInTarget\":1,\"conflicts\":0,\"keptTarget\":0,\"merged\":0,"
                + "\"collisions\":0,\"goneInSource\":0},"
                + "\"fixture\":{\"file\":\"/srv/work/dev_export_20261120_140311.json.zst\","
                + "\"sha256\":\"ab12\",\"records\":501},"
                + "\"backup\":{\"name\":\"pre_sync_20261120_140311.dump\","
                + "\"file\":\"/srv/backups/pre_sync_20261120_140311.dump\",\"bytes\":7200000,"
                + "\"sha256\":\"cd34\",\"verified\":true},"
                + "\"conflicts\":[]}");
  }

  private static final List<ConflictInfo> CONFLICT =
      List.of(new ConflictInfo("public.a_b", "a.B", "50", "changed_on_both", "nome", "Anna", null));

  private static SyncResult conflicts() {
    return new SyncResult(
        Reports.conflicts(CONFLICT, "/p/conflicts_20261121_120000.json"),
        false,
        "sync",
        "dev-to-prod");
  }

  @Test
  void conflictsSayWhereTheyAreAndWhatToDo() {
    assertThat(text(conflicts()))
        .isEqualTo(
            """

            One conflict: nothing was written to prod.
            All of them: /p/conflicts_20261121_120000.json
            To decide one by one: sync resolve dev-to-prod
            To decide for all: --on-conflict source, target or newest
            """);
  }

  @Test
  void conflictsHaveAnExitCodeOfTheirOwnAlsoInADryRun() {
    assertThat(conflicts().exitCode()).isEqualTo(ExitCode.CONFLICTS);
    assertThat(
            new SyncResult(Reports.conflicts(CONFLICT, null), true, "sync", "dev-to-prod")
                .exitCode())
        .isEqualTo(ExitCode.CONFLICTS);
  }

  @Test
  void theJsonOfConflictsIsTheContract() {
    assertThat(json(conflicts()))
        .contains("\"status\":\"conflicts\"")
        .endsWith(
            "\"conflicts\":[{\"table\":\"public.a_b\",\"label\":\"a.B\",\"key\":\"50\","
                + "\"kind\":\"changed_on_both\",\"column\":\"nome\",\"source\":\"Anna\","
                + "\"target\":null}],"
                + "\"conflictsFile\":\"/p/conflicts_20261121_120000.json\"}");
  }

  @Test
  void theJsonOfAFirstSyncNamesWhatIsOverwritten() {
    assertThat(json(sync(firstSync(List.of(new RowInfo("public.a_b", "a.B", "7")), 1))))
        .endsWith(
            "\"conflicts\":[],\"firstSync\":[\"a.B\"],"
                + "\"overwritten\":[{\"table\":\"public.a_b\",\"label\":\"a.B\",\"key\":\"7\"}]}");
  }

  private static RecordsList<BackupRow> backups() {
    return BackupsList.of(
        "backups",
        "prod",
        List.of(
            new BackupRow(
                "pre_sync_20261120_140311.dump",
                "/srv/b/pre_sync_20261120_140311.dump",
                Instant.parse("2026-11-20T14:03:11Z"),
                7_200_000,
                "cd34",
                "prod",
                "run-2"),
            new BackupRow(
                "manual_20261118_090000.dump",
                "/srv/b/manual_20261118_090000.dump",
                Instant.parse("2026-11-18T09:00:00Z"),
                83_000,
                "ef56",
                "prod",
                null)),
        Instant.parse("2026-11-20T16:03:12Z"));
  }

  @Test
  void backupsAreATable() {
    assertThat(text(backups()))
        .isEqualTo(
            """
            NAME                           TAKEN                AGE       SIZE  RUN
            pre_sync_20261120_140311.dump  2026-11-20 14:03:11  2 h     7.2 MB  run-2
            manual_20261118_090000.dump    2026-11-18 09:00:00  2 days   83 kB
            """);
  }

  @Test
  void backupsAreAnArrayInJson() {
    assertThat(json(backups()))
        .startsWith(
            "{\"command\":\"backups\",\"environment\":\"prod\",\"backups\":[{\"name\":"
                + "\"pre_sync_20261120_140311.dump\",\"file\":\"/srv/b/pre_sync_20261120_140311.dump\","
                + "\"takenAt\":\"2026-11-20T14:03:11Z\",\"bytes\":7200000,\"sha256\":\"cd34\","
                + "\"environment\":\"prod\",\"runId\":\"run-2\"},{");
  }

  @Test
  void noBackupsAreSaidInWordsAndAnEmptyArray() {
    RecordsList<BackupRow> none = BackupsList.of("backups", "prod", List.of(), Instant.EPOCH);
    assertThat(text(none)).isEqualTo("prod has no backups.\n");
    assertThat(json(none))
        .endsWith("{\"command\":\"backups\",\"environment\":\"prod\",\"backups\":[]}");
  }

  @Test
  void historyIsATable() {
    RunRow run =
        new RunRow(
            "run-2",
            Instant.parse("2026-11-20T14:03:11Z"),
            Instant.parse("2026-11-20T14:03:15Z"),
            "dev-to-prod",
            "dev",
            "prod",
            "anna@laptop",
            "rolled_back",
            null,
            1_500,
            8,
            0,
            412,
            "/srv/x.json.zst",
            "d20d8c62857bc6ee7a1ef72efbd26c9ca801eaa5c783ed76372452bfe0de7f65",
            "pre_sync_20261120_140311.dump");
    assertThat(text(HistoryCommand.list("prod", List.of(run))))
        .isEqualTo(
            "WHEN                 COMMAND      FROM  WHO          CREATED  UPDATED  DELETED"
                + "  OUTCOME      FIXTURE       BACKUP                         RUN\n"
                + "2026-11-20 14:03:11  dev-to-prod  dev   anna@laptop    1,500        8        0"
                + "  rolled back  d20d8c62857b  pre_sync_20261120_140311.dump  run-2\n");
  }

  private static final DoctorResult SICK =
      new DoctorResult(
          List.of(
              new Section(
                  "dev",
                  List.of(
                      Finding.ok("dev: PostgreSQL 15"),
                      Finding.warning("The clock is off", "Set it."))),
              new Section(
                  "dev - prod", List.of(Finding.refusal("Schema drift: a.b", "Migrate.")))));

  @Test
  void doctorSpeaksInColours() {
    assertThat(text(SICK))
        .isEqualTo(
            """
            dev
              green   dev: PostgreSQL 15
              yellow  The clock is off
                      -> Set it.

            dev - prod
              red     Schema drift: a.b
                      -> Migrate.

            One problem, one warning.
            """);
  }

  @Test
  void doctorTellsScriptsTheSame() {
    assertThat(json(SICK))
        .startsWith("{\"command\":\"doctor\",\"sections\":[{")
        .endsWith("],\"warnings\":1,\"problems\":1,\"exitCode\":5}");
  }

  @Test
  void doctorsExitCodeIsThatOfTheGravestProblem() {
    assertThat(SICK.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(Findings.exitCode(List.of(Finding.warning("w", "")))).isEqualTo(ExitCode.DONE);
    assertThat(Findings.exitCode(List.of(Finding.failure("f", "")))).isEqualTo(ExitCode.FAILED);
    Finding host = new Finding(Finding.Severity.PROBLEM, Kind.HOST, "h", "");
    assertThat(Findings.exitCode(List.of(Finding.failure("f", ""), Finding.problem("p", ""), host)))
        .isEqualTo(ExitCode.HOST);
    assertThat(Findings.exitCode(List.of(Finding.failure("f", ""), Finding.problem("p", ""))))
        .isEqualTo(ExitCode.USAGE);
  }
}
