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
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.RollbackPlan;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the last sync back: the tables it wrote to become what the backup before it holds. The
 * steps are a sync's, from a backup instead of a fixture.
 */
public final class Rollback {
  public static final String COMMAND = Run.ROLLBACK;

  private final Site target;
  private final Environment environment;
  private final Guard guard;
  private final Observer observer;
  private final Consent consent;
  private final RunIdentity run;

  public Rollback(
      Site target,
      Environment environment,
      Guard guard,
      Observer observer,
      Consent consent,
      RunIdentity run) {
    this.target = target;
    this.environment = environment;
    this.guard = guard;
    this.observer = observer;
    this.consent = consent;
    this.run = run;
  }

  /**
   * Goes back.
   *
   * @param backup the name of the backup to go back to; null for the one before the last sync
   * @param dryRun whether to stop before the first write
   */
  public SyncReport run(@Nullable String backup, boolean dryRun) {
    SiteReport report = check(dryRun);
    observer.skipped(Step.EXPORT, Note.of(Text.SKIPPED_ROLLBACK));
    observer.skipped(Step.TRANSFER, Note.of(Text.SKIPPED_ROLLBACK));
    RollbackPlan plan = plan(backup, dryRun);
    observer.planned(report(Status.PLANNED, dryRun, plan, null));
    if (dryRun || plan.plan().isEmpty()) {
      return stopBeforeWriting(plan, dryRun);
    }
    confirm(plan, report);
    BackupInfo present = backup();
    merge(plan, present);
    verify(plan);
    return report(Status.APPLIED, false, plan, present);
  }

  private SiteReport check(boolean dryRun) {
    observer.begins(Step.CHECK);
    SiteReport report =
        target.check(
            new Requests.Check(Role.TARGET, List.of(), MergePolicy.FULL_REPLACE, !dryRun, true),
            observer);
    List<Finding> findings = new ArrayList<>(guard.own(report));
    findings.addAll(report.findings());
    Finding.throwProblems("The check found what keeps the rollback from running", findings);
    observer.done(
        Step.CHECK, Note.of(Text.CHECKED_ONE, report.tables().size(), report.environment()));
    return report;
  }

  private RollbackPlan plan(@Nullable String backup, boolean dryRun) {
    observer.begins(Step.PLAN);
    RollbackPlan plan = target.planRollback(new Requests.PlanRollback(backup, !dryRun), observer);
    plan.passedOver().forEach(why -> observer.tells(Note.of(Text.BACKUP_PASSED_OVER, why)));
    observer.tells(
        Note.of(
            Text.BACKUP_CHOSEN,
            plan.backup().name(),
            plan.backup().takenAt(),
            plan.backup().bytes()));
    if (plan.syncs() > 1) {
      observer.tells(Note.of(Text.TAKES_BACK_SEVERAL, plan.syncs()));
    }
    plan.since()
        .forEach(
            since ->
                observer.tells(
                    Note.of(Text.CHANGED_SINCE, since.label(), since.written(), since.deleted())));
    if (undoWouldKeep(plan) != null) {
      observer.tells(Note.of(Text.UNDO_LOSES_LESS, plan.changedSince()));
    }
    if (plan.run() == null) {
      observer.tells(Note.of(Text.CHANGED_SINCE_UNKNOWN));
    } else if (plan.since().isEmpty()) {
      observer.tells(Note.of(Text.NOT_CHANGED_SINCE));
    }
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

  /** How many rows would not be lost by an undo; null where it makes no difference. */
  private static @Nullable Long undoWouldKeep(RollbackPlan plan) {
    return plan.undoable() && plan.changedSince() > 0 ? plan.changedSince() : null;
  }

  private SyncReport stopBeforeWriting(RollbackPlan plan, boolean dryRun) {
    Text why = dryRun ? Text.SKIPPED_DRY_RUN : Text.SKIPPED_NOTHING_TO_CHANGE;
    for (Step step : List.of(Step.CONFIRM, Step.BACKUP, Step.MERGE, Step.VERIFY)) {
      observer.skipped(step, Note.of(why));
    }
    return report(dryRun ? Status.PLANNED : Status.UNCHANGED, dryRun, plan, null);
  }

  private void confirm(RollbackPlan plan, SiteReport report) {
    observer.begins(Step.CONFIRM);
    boolean agreed =
        consent.isGiven(
            Note.of(
                Text.ASK_ROLLBACK,
                plan.backup().name(),
                report.environment(),
                report.place(),
                plan.changedSince()),
            environment.isProtected() ? environment.name() : "");
    if (!agreed) {
      throw SyncException.refused("Not confirmed; nothing was written", "");
    }
    observer.done(
        Step.CONFIRM, Note.of(consent.isGivenBeforehand() ? Text.SKIPPED_FORCE : Text.CONFIRMED));
  }

  private BackupInfo backup() {
    observer.begins(Step.BACKUP);
    Backup present =
        target.backup(new Requests.TakeBackup(BackupLabel.PRE_ROLLBACK, run.id()), observer);
    observer.done(Step.BACKUP, Note.of(Text.BACKED_UP, present.name(), present.bytes()));
    return BackupInfo.of(present);
  }

  private void merge(RollbackPlan plan, BackupInfo present) {
    observer.begins(Step.MERGE);
    Run taken = plan.run();
    MergePlan merge = plan.plan();
    target.merge(
        new Requests.Merge(
            merge,
            run.id(),
            COMMAND,
            target.environment(),
            run.by(),
            null,
            plan.backup().file().toString(),
            present.name(),
            taken == null ? null : taken.id()),
        observer);
    observer.done(
        Step.MERGE,
        Note.of(
            Text.MERGED,
            merge.total(TablePlan::created),
            merge.total(TablePlan::updated),
            merge.total(TablePlan::deleted)));
  }

  private void verify(RollbackPlan plan) {
    observer.begins(Step.VERIFY);
    Verification.requireApplied(target, run.id());
    List<String> removed = target.retain(new Requests.Retain(null));
    observer.done(
        Step.VERIFY, Note.of(Text.VERIFIED, plan.plan().total(TablePlan::changes), removed.size()));
  }

  private SyncReport report(
      Status status, boolean dryRun, RollbackPlan plan, @Nullable BackupInfo present) {
    SyncReport report =
        new SyncReport(
            COMMAND,
            status,
            dryRun,
            run.id(),
            plan.backup().name(),
            target.environment(),
            SyncReport.tables(plan.plan()),
            SyncReport.totals(plan.plan()),
            null,
            null,
            present,
            List.of(),
            null,
            null,
            null,
            0,
            undoWouldKeep(plan),
            null);
    return report.over(target.traffic());
  }
}
