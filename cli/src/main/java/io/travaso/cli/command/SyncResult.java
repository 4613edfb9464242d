package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.pipeline.Rollback;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.BackupInfo;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.pipeline.UndoFlow;

/**
 * What a sync or a rollback did.
 *
 * @param tellDifferences whether differences have an exit code of their own
 * @param program the name the program was called by
 * @param direction the command that goes the same way; empty where conflicts can't be
 */
record SyncResult(SyncReport report, boolean tellDifferences, String program, String direction)
    implements Result {

  /** Of a run that knows no conflicts. */
  SyncResult(SyncReport report, boolean tellDifferences, String program) {
    this(report, tellDifferences, program, "");
  }

  @Override
  public ExitCode exitCode() {
    if (report.status() == Status.CONFLICTS) {
      return ExitCode.CONFLICTS;
    }
    boolean differs = report.dryRun() && report.totals().changes() > 0;
    return tellDifferences && differs ? ExitCode.DIFFERENCES : ExitCode.DONE;
  }

  @Override
  public Object json() {
    return report;
  }

  @Override
  public void print(Page page) {
    page.blank();
    if (report.status() == Status.CONFLICTS) {
      printConflicts(page);
    } else if (report.totals().changes() == 0) {
      page.text("result.unchanged", report.target());
    } else if (report.status() == Status.PLANNED) {
      page.text("result.planned");
    } else {
      printApplied(page);
    }
  }

  private void printConflicts(Page page) {
    if (report.command().equals(UndoFlow.COMMAND)) {
      page.text("result.undo-conflicts", report.totals().conflicts(), report.target());
      return;
    }
    SyncReport.Counts totals = report.totals();
    page.text(
        "result.conflicts",
        Math.max(report.conflicts().size(), totals.conflicts() + totals.collisions()),
        report.target());
    if (report.conflictsFile() != null) {
      page.text("result.conflicts-file", report.conflictsFile());
    }
    page.text("result.resolve", program + " resolve " + direction);
    if (totals.conflicts() > 0) {
      page.text("result.settle");
    }
    if (totals.collisions() > 0) {
      page.text("result.renumber", program + " renumber " + report.source() + " TABLE KEY");
    }
  }

  private void printApplied(Page page) {
    SyncReport.Counts totals = report.totals();
    page.text(
        "result.applied", report.target(), totals.created(), totals.updated(), totals.deleted());
    BackupInfo backup = report.backup();
    if (backup == null) {
      page.text("result.no-backup");
      return;
    }
    page.text("result.backup", backup.name(), page.messages().size(backup.bytes()));
    String back = program + " " + Rollback.COMMAND;
    String env = " --env " + report.target();
    if (report.command().equals(Rollback.COMMAND)) {
      page.text("result.undo", back + " --backup " + backup.name() + env);
    } else if (report.command().equals(UndoFlow.COMMAND)) {
      page.text("result.undo-back", back + " --backup " + backup.name() + env);
    } else {
      page.text("result.back", report.target().equals("prod") ? back : back + env);
    }
  }
}
