package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.config.Environment;
import io.travaso.ledger.Run;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.TablePlan;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.SyncReport.BackupInfo;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import io.travaso.site.UndoPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the last sync: the rows that it wrote become what they were before, and all others stay as
 * they are by now. The steps are a sync's, from what the ledger keeps instead of a fixture.
 */
public final class UndoFlow {
  public static final String COMMAND = Run.UNDO;

  private final Site target;
  private final Environment environment;
  private final Guard guard;
  private final Observer observer;
  private final Consent consent;
  private final RunIdentity run;
  private final Options options;

  /**
   * How to go about it.
   *
   * @param dryRun whether to stop before the first write
   * @param skipChanged whether to leave rows that changed again since, and undo the others
   * @param backup whether to take a backup before writing
   */
  public record Options(boolean dryRun, boolean skipChanged, boolean backup) {}

  public UndoFlow(
      Site target,
      Environment environment,
      Guard guard,
      Observer observer,
      Consent consent,
      RunIdentity run,
      Options options) {
    this.target = target;
    this.environment = environment;
    this.guard = guard;
    this.observer = observer;
    this.consent = consent;
    this.run = run;
    this.options = options;
  }

  /** Undoes it. */
  public SyncReport run() {
    SiteReport report = check();
    observer.skipped(Step.EXPORT, Note.of(Text.SKIPPED_UNDO));
    observer.skipped(Step.TRANSFER, Note.of(Text.SKIPPED_UNDO));
    UndoPlan plan = plan();
    observer.planned(report(Status.PLANNED, plan, null));
    if (!plan.conflicts().isEmpty() && !options.skipChanged()) {
      return stop(Text.SKIPPED_CONFLICTS, Status.CONFLICTS, plan);
    }
    if (options.dryRun()) {
      return stop(Text.SKIPPED_DRY_RUN, Status.PLANNED, plan);
    }
    if (plan.plan().isEmpty() && !plan.conflicts().isEmpty()) {
      // Every row changed again: the run stays what it was.
      return stop(Text.SKIPPED_NOTHING_TO_CHANGE, Status.UNCHANGED, plan);
    }
    confirm(plan, report);
    BackupInfo present = backup();
    merge(plan, present);
    verify(plan);
    return report(Status.APPLIED, plan, present);
  }

  private SiteReport check() {
    observer.begins(Step.CHECK);
    boolean backup = options.backup() && !options.dryRun();
    SiteReport report =
        target.check(
            new Requests.Check(Role.TARGET, List.of(), MergePolicy.FULL_REPLACE, backup, true),
            observer);
    List<Finding> findings = new ArrayList<>(guard.own(report));
    findings.addAll(report.findings());
    Finding.throwProblems("The check found what keeps the undo from running", findings);
    observer.done(
        Step.CHECK, Note.of(Text.CHECKED_ONE, report.tables().size(), report.environment()));
    return report;
  }

  private UndoPlan plan() {
    observer.begins(Step.PLAN);
    UndoPlan plan =
        target.planUndo(new Requests.PlanUndo(options.skipChanged(), !options.dryRun()), observer);
    Run undone = plan.run();
    observer.tells(
        Note.of(Text.UNDOES, undone.command(), undone.source(), undone.startedAt(), undone.id()));
    observer.done(
        Step.PLAN,
        plan.plan().isEmpty()
            ? Note.of(Text.NOTHING_TO_CHANGE)
            : Note.of(
                Text.PLANNED,
                plan.plan().total(TablePlan::changes),
                plan.plan().total(TablePlan::unchanged)));
    return plan;
  }

  private SyncReport stop(Text why, Status status, UndoPlan plan) {
    for (Step step : List.of(Step.CONFIRM, Step.BACKUP, Step.MERGE, Step.VERIFY)) {
      observer.skipped(step, Note.of(why));
    }
    return report(status, plan, null);
  }

  private void confirm(UndoPlan plan, SiteReport report) {
    observer.begins(Step.CONFIRM);
    boolean agreed =
        consent.isGiven(
            Note.of(
                Text.ASK_UNDO,
                plan.run().startedAt(),
                report.environment(),
                report.place(),
                plan.changedAgain()),
            environment.isProtected() ? environment.name() : "");
    if (!agreed) {
      throw SyncException.refused("Not confirmed; nothing was written", "");
    }
    observer.done(
        Step.CONFIRM, Note.of(consent.isGivenBeforehand() ? Text.SKIPPED_FORCE : Text.CONFIRMED));
  }

  private @Nullable BackupInfo backup() {
    observer.begins(Step.BACKUP);
    if (!options.backup()) {
      observer.skipped(Step.BACKUP, Note.of(Text.SKIPPED_NO_BACKUP));
      return null;
    }
    Backup present =
        target.backup(new Requests.TakeBackup(BackupLabel.PRE_ROLLBACK, run.id()), observer);
    observer.done(Step.BACKUP, Note.of(Text.BACKED_UP, present.name(), present.bytes()));
    return BackupInfo.of(present);
  }

  private void merge(UndoPlan plan, @Nullable BackupInfo present) {
    observer.begins(Step.MERGE);
    MergePlan merge = plan.plan();
    target.merge(
        new Requests.Merge(
            merge,
            run.id(),
            COMMAND,
            target.environment(),
            run.by(),
            null,
            null,
            present == null ? null : present.name(),
            plan.run().id()),
        observer);
    observer.done(
        Step.MERGE,
        Note.of(
            Text.MERGED,
            merge.total(TablePlan::created),
            merge.total(TablePlan::updated),
            merge.total(TablePlan::deleted)));
  }

  private void verify(UndoPlan plan) {
    observer.begins(Step.VERIFY);
    Verification.requireApplied(target, run.id());
    List<String> removed = target.retain(new Requests.Retain(null));
    observer.done(
        Step.VERIFY, Note.of(Text.VERIFIED, plan.plan().total(TablePlan::changes), removed.size()));
  }

  private SyncReport report(Status status, UndoPlan plan, @Nullable BackupInfo present) {
    SyncReport report =
        new SyncReport(
            COMMAND,
            status,
            options.dryRun(),
            run.id(),
            plan.run().id(),
            target.environment(),
            SyncReport.tables(plan.plan()),
            SyncReport.totals(plan.plan()),
            null,
            null,
            present,
            plan.conflicts().stream().map(ConflictInfo::of).toList(),
            null,
            null,
            null,
            0);
    return report.over(target.traffic());
  }
}
