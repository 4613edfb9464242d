package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.host.Traffic;
import io.travaso.ledger.Run;
import io.travaso.merge.ConflictRule;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergeResult;
import io.travaso.merge.Reconciliation;
import io.travaso.merge.TablePlan;
import io.travaso.merge.Unanswered;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.PlanReview.Planned;
import io.travaso.pipeline.SyncReport.BackupInfo;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.site.AllowedDrift;
import io.travaso.site.AllowedDrift.ColumnDrift;
import io.travaso.site.AllowedDrift.MigrationDrift;
import io.travaso.site.AllowedDrift.Side;
import io.travaso.site.Exported;
import io.travaso.site.FixtureFacts;
import io.travaso.site.FixturePlan;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves a table set from one site to another: {@link #steps} is its table of contents. */
public final class Synchronization {
  private final SyncOptions options;
  private final Guard guard;
  private final @Nullable Site source;
  private final Site target;
  private final Observer observer;
  private final Consent consent;
  private final RunIdentity run;
  private final @Nullable ConflictsFile conflicts;
  private final PlanReview review;
  private final int thoroughEvery;

  /**
   * Prepares a run.
   *
   * @param source null where a fixture is given
   */
  public Synchronization(
      SyncOptions options,
      Guard guard,
      @Nullable Site source,
      Site target,
      Observer observer,
      Consent consent,
      RunIdentity run) {
    this(options, guard, source, target, observer, consent, run, null, PlanReview.NONE, 0);
  }

  /**
   * Prepares a run whose plan somebody looks at.
   *
   * @param source null where a fixture is given, and nobody knows where it is from
   * @param conflicts where conflicts are written down; null for nowhere
   * @param thoroughEvery every how many syncs all rows are compared; 0 for never
   */
  Synchronization(
      SyncOptions options,
      Guard guard,
      @Nullable Site source,
      Site target,
      Observer observer,
      Consent consent,
      RunIdentity run,
      @Nullable ConflictsFile conflicts,
      PlanReview review,
      int thoroughEvery) {
    this.options = options;
    this.guard = guard;
    this.source = source;
    this.target = target;
    this.observer = observer;
    this.consent = consent;
    this.run = run;
    this.conflicts = conflicts;
    this.review = review;
    this.thoroughEvery = thoroughEvery;
  }

  /**
   * Runs the steps. A dry run is the same code up to the confirmation.
   *
   * @throws io.travaso.SyncException if a step fails; the target is as it was before
   */
  public SyncReport run() {
    return steps().over(traffic());
  }

  private SyncReport steps() {
    Checked checked = check();
    @Nullable Agreements agreements = agreements();
    DigestComparison.Parts parts = compare(agreements);
    @Nullable Exported exported = export(agreements, parts);
    Fixture fixture = transfer(exported, checked.given());
    Requests.Plan request = request(fixture, checked, agreements, parts);
    FixturePlan fits = plan(request, fixture);
    MergePlan plan = fits.plan();
    SyncReport planned = report(Status.PLANNED, fixture, request, fits, null);
    observer.planned(planned);
    review.look(new Planned(options, request, fixture.here(), exported, plan));
    if (planned.hasConflicts()) {
      return stopAtConflicts(planned, fixture);
    }
    if (!confirm(planned, checked)) {
      agreeOnNothingNew(plan, fixture, exported, agreements);
      if (!options.dryRun()) {
        keepDigests();
      }
      return stopBeforeWriting(planned, fixture);
    }
    @Nullable BackupInfo backup = backup();
    if (agreements != null) {
      agreements.agree(exported, plan, run.id(), observer);
    }
    MergeResult result = merge(fixture, plan, backup, checked);
    verify(fixture, result);
    keepDigests();
    return report(Status.APPLIED, fixture, request, fits, backup);
  }

  /** The fixture on its way: where it is here and on the target's host, and what it is. */
  private record Fixture(
      Path here,
      String onTarget,
      String sha256,
      long records,
      String from,
      @Nullable List<String> models) {}

  private Checked check() {
    observer.begins(Step.CHECK);
    Checked checked = guard.check(options, source, target, observer);
    observer.done(
        Step.CHECK,
        Note.of(
            Text.CHECKED, checked.target().tables().size(), sourceName(), target.environment()));
    return checked;
  }

  /** What both sides agreed on; null where nobody knows whose rows they are. */
  private @Nullable Agreements agreements() {
    return source == null ? null : Agreements.of(source, target);
  }

  /** Which rows are moved: all, where nothing is gained by looking first. */
  private DigestComparison.Parts compare(@Nullable Agreements agreements) {
    observer.begins(Step.EXPORT);
    if (source == null
        || options.fixture() != null
        || options.fullFixture()
        || review.keeps()
        || isThoroughDue(source)) {
      return DigestComparison.Parts.WHOLE;
    }
    return new DigestComparison(source, target, !options.dryRun(), observer)
        .parts(options.tables(), isOnlyLookedAt() ? null : agreements);
  }

  /** From time to time nothing is left to chance, be it small. */
  private boolean isThoroughDue(Site from) {
    if (thoroughEvery == 0 || options.dryRun()) {
      return false;
    }
    long before =
        target.history().stream()
            .filter(
                r -> r.outcome() == Run.Outcome.APPLIED && r.source().equals(from.environment()))
            .count();
    boolean due = (before + 1) % thoroughEvery == 0;
    if (due) {
      observer.tells(Note.of(Text.THOROUGH, thoroughEvery));
    }
    return due;
  }

  private @Nullable Exported export(@Nullable Agreements agreements, DigestComparison.Parts parts) {
    if (source == null || options.fixture() != null) {
      observer.skipped(Step.EXPORT, Note.of(Text.SKIPPED_FIXTURE_GIVEN, given()));
      return review.exported();
    }
    Exported exported =
        source.export(
            new Requests.Export(
                options.tables(),
                null,
                ".json.zst",
                0,
                agreements == null || isOnlyLookedAt() ? null : agreements.remember(),
                parts.exported()),
            observer);
    observer.done(
        Step.EXPORT,
        parts.exported().isEmpty()
            ? Note.of(Text.EXPORTED, exported.records(), exported.bytes(), exported.file())
            : Note.of(
                Text.EXPORTED_PART,
                exported.records(),
                exported.bytes(),
                exported.file(),
                exported.heldBack()));
    return exported;
  }

  /** What this run sent and received so far. */
  private Traffic traffic() {
    Traffic there = target.traffic();
    return source == null ? there : there.plus(source.traffic());
  }

  private Fixture transfer(@Nullable Exported exported, @Nullable FixtureFacts given) {
    observer.begins(Step.TRANSFER);
    Traffic before = traffic();
    if (given != null) {
      String there = target.send(given(), observer);
      tellTransfer(given(), there, traffic().since(before));
      return new Fixture(
          given(), there, given.sha256(), given.records(), given.source(), given.models());
    }
    if (source == null || exported == null) {
      throw new IllegalStateException("Neither a source nor a fixture");
    }
    Path here = source.fetch(exported, null, observer);
    String there = target.send(here, observer);
    tellTransfer(Path.of(exported.file()), there, traffic().since(before));
    return new Fixture(
        here, there, exported.sha256(), exported.records(), source.environment(), null);
  }

  private void tellTransfer(Path from, String there, Traffic moved) {
    if (there.equals(from.toString())) {
      observer.skipped(Step.TRANSFER, Note.of(Text.SKIPPED_SAME_MACHINE));
    } else {
      observer.done(
          Step.TRANSFER,
          Note.of(Text.TRANSFERRED, there, moved.sentBytes(), moved.receivedBytes()));
    }
  }

  /** Of a dry run nothing is remembered, unless its plan is kept. */
  private boolean isOnlyLookedAt() {
    return options.dryRun() && !review.keeps();
  }

  private Requests.Plan request(
      Fixture fixture,
      Checked checked,
      @Nullable Agreements agreements,
      DigestComparison.Parts parts) {
    return new Requests.Plan(
        fixture.onTarget(),
        fixture.sha256(),
        options.tables(),
        options.policy(),
        !options.dryRun(),
        options.allowDrift(),
        fixture.models(),
        reconciliation(checked, agreements),
        parts.onlyInTarget());
  }

  /** How to tell what changed where; null where nobody knows whose rows they are. */
  private @Nullable Reconciliation reconciliation(
      Checked checked, @Nullable Agreements agreements) {
    MergeOptions merge = options.merge();
    return source == null || agreements == null
        ? null
        : new Reconciliation(
            source.environment(),
            agreements.agreed(),
            ConflictRule.STOP,
            checked.rules(),
            merge.wholeRows(),
            merge.propagateDeletes(),
            merge.decisions());
  }

  private FixturePlan plan(Requests.Plan request, Fixture fixture) {
    observer.begins(Step.PLAN);
    FixturePlan fits = target.plan(request, observer);
    tell(fits.drift(), fixture.from());
    MergePlan plan = fits.plan();
    plan.unanswered().forEach(this::tell);
    new PlanNotes(options, fixture.from(), target.environment())
        .of(plan, request.reconciliation())
        .forEach(observer::tells);
    long changes = plan.total(TablePlan::changes);
    observer.done(
        Step.PLAN,
        plan.isEmpty()
            ? Note.of(Text.NOTHING_TO_CHANGE)
            : Note.of(Text.PLANNED, changes, plan.total(TablePlan::unchanged)));
    return fits;
  }

  private void tell(Unanswered references) {
    String becomes = references.becomes();
    observer.tells(
        Note.of(
            becomes == null ? Text.REFERENCES_NULL : Text.REFERENCES_REPLACED,
            references.label(),
            references.field(),
            references.rows(),
            becomes == null ? "NULL" : becomes));
  }

  /** What takes no part, and why, before anybody is asked. */
  private void tell(AllowedDrift drift, String from) {
    for (ColumnDrift column : drift.columns()) {
      boolean kept = column.onlyIn() == Side.TARGET;
      observer.tells(
          Note.of(
              kept ? Text.COLUMN_KEPT : Text.COLUMN_LEFT_OUT,
              column.label(),
              column.column(),
              kept ? target.environment() : from));
    }
    for (MigrationDrift missing : drift.migrations()) {
      boolean inSource = missing.onlyIn() == Side.SOURCE;
      observer.tells(
          Note.of(
              Text.MIGRATIONS_LACKING,
              inSource ? target.environment() : from,
              missing.names().size(),
              inSource ? from : target.environment(),
              String.join(", ", missing.names())));
    }
  }

  /** Whether to write. */
  private boolean confirm(SyncReport planned, Checked checked) {
    observer.begins(Step.CONFIRM);
    if (options.dryRun()) {
      observer.skipped(Step.CONFIRM, Note.of(Text.SKIPPED_DRY_RUN));
      return false;
    }
    if (planned.totals().changes() == 0) {
      observer.skipped(Step.CONFIRM, Note.of(Text.SKIPPED_NOTHING_TO_CHANGE));
      return false;
    }
    guard.askConsent(checked, consent);
    observer.done(
        Step.CONFIRM, Note.of(consent.isGivenBeforehand() ? Text.SKIPPED_FORCE : Text.CONFIRMED));
    return true;
  }

  /**
   * Where there is nothing to write, both sides may still agree on more than they did before: the
   * first time, or when both came to have the same. No row is written, only the ledgers.
   */
  private void agreeOnNothingNew(
      MergePlan plan,
      Fixture fixture,
      @Nullable Exported exported,
      @Nullable Agreements agreements) {
    if (options.dryRun() || agreements == null || !Agreements.isNew(exported, plan)) {
      return;
    }
    agreements.agree(exported, plan, run.id(), observer);
    try {
      target.merge(merge(fixture, plan, null), observer);
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      observer.found(
          Finding.warning(
              "%s can't remember what it agreed on with %s: %s"
                  .formatted(target.environment(), fixture.from(), e.what()),
              e.hint()));
    }
  }

  private SyncReport stopBeforeWriting(SyncReport planned, Fixture fixture) {
    Text why = options.dryRun() ? Text.SKIPPED_DRY_RUN : Text.SKIPPED_NOTHING_TO_CHANGE;
    for (Step step : List.of(Step.BACKUP, Step.MERGE, Step.VERIFY)) {
      observer.skipped(step, Note.of(why));
    }
    tidy(fixture);
    return options.dryRun() ? planned : planned.with(Status.UNCHANGED);
  }

  /** Both sides changed the same: somebody has to say whose it is to be. */
  private SyncReport stopAtConflicts(SyncReport planned, Fixture fixture) {
    for (Step step : List.of(Step.CONFIRM, Step.BACKUP, Step.MERGE, Step.VERIFY)) {
      observer.skipped(step, Note.of(Text.SKIPPED_CONFLICTS));
    }
    tidy(fixture);
    String file = conflicts == null ? null : conflicts.write(planned).toString();
    return planned.with(Status.CONFLICTS, file);
  }

  private @Nullable BackupInfo backup() {
    observer.begins(Step.BACKUP);
    if (!options.backup()) {
      observer.skipped(Step.BACKUP, Note.of(Text.SKIPPED_NO_BACKUP));
      return null;
    }
    Backup backup =
        target.backup(new Requests.TakeBackup(BackupLabel.PRE_SYNC, run.id()), observer);
    observer.done(Step.BACKUP, Note.of(Text.BACKED_UP, backup.name(), backup.bytes()));
    return BackupInfo.of(backup);
  }

  private MergeResult merge(
      Fixture fixture, MergePlan plan, @Nullable BackupInfo backup, Checked checked) {
    observer.begins(Step.MERGE);
    MergeResult result = target.merge(merge(fixture, plan, backup), observer);
    guard.markSource(checked, source, run, observer);
    if (!result.undoable()) {
      observer.tells(Note.of(Text.NOT_UNDOABLE));
    }
    observer.done(
        Step.MERGE,
        Note.of(
            Text.MERGED,
            plan.total(TablePlan::created),
            plan.total(TablePlan::updated),
            plan.total(TablePlan::deleted)));
    return result;
  }

  private Requests.Merge merge(Fixture fixture, MergePlan plan, @Nullable BackupInfo backup) {
    return new Requests.Merge(
        plan,
        run.id(),
        options.command(),
        fixture.from(),
        run.by(),
        fixture.sha256(),
        fixture.onTarget(),
        backup == null ? null : backup.name(),
        null);
  }

  private void verify(Fixture fixture, MergeResult result) {
    observer.begins(Step.VERIFY);
    Verification.requireApplied(target, run.id());
    List<String> removed = tidy(fixture);
    observer.done(
        Step.VERIFY,
        Note.of(Text.VERIFIED, result.plan().total(TablePlan::changes), removed.size()));
  }

  /** So that the next run digests only what is written from now on. */
  private void keepDigests() {
    if (source != null) {
      keepDigests(source);
    }
    keepDigests(target);
  }

  private void keepDigests(Site site) {
    try {
      site.keepDigests();
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      observer.found(
          Finding.warning(
              "%s can't keep its digests for the next sync: %s"
                  .formatted(site.environment(), e.what()),
              e.hint()));
    }
  }

  private List<String> tidy(Fixture fixture) {
    return target.retain(new Requests.Retain(fixture.onTarget()));
  }

  private Path given() {
    Path fixture = options.fixture();
    if (fixture == null) {
      throw new IllegalStateException("Neither a source nor a fixture");
    }
    return fixture;
  }

  private String sourceName() {
    return source == null ? given().toString() : source.environment();
  }

  private SyncReport report(
      Status status,
      Fixture fixture,
      Requests.Plan request,
      FixturePlan fits,
      @Nullable BackupInfo backup) {
    MergePlan plan = fits.plan();
    return new SyncReport(
        options.command(),
        status,
        options.dryRun(),
        run.id(),
        fixture.from(),
        target.environment(),
        SyncReport.tables(plan),
        SyncReport.totals(plan),
        fits.drift().isEmpty() ? null : fits.drift(),
        new SyncReport.FixtureInfo(fixture.onTarget(), fixture.sha256(), fixture.records()),
        backup,
        SyncReport.conflicts(plan),
        null,
        PlanNotes.firstSync(options, plan, request.reconciliation()),
        SyncReport.overwritten(plan),
        plan.total(TablePlan::overwritten));
  }
}
