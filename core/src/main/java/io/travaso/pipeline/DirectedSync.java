package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.Direction;
import io.travaso.config.SyncConfig;
import io.travaso.merge.Conflict;
import io.travaso.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done between the two environments, and with plans of it: sync, save, apply, resolve. */
public final class DirectedSync {
  private final SyncConfig config;
  private final Guard guard;
  private final Site source;
  private final Site target;
  private final Observer observer;
  private final Consent consent;
  private final RunIdentity run;
  private final Clock clock;

  public DirectedSync(
      SyncConfig config,
      Guard guard,
      Site source,
      Site target,
      Observer observer,
      Consent consent,
      RunIdentity run,
      Clock clock) {
    this.config = config;
    this.guard = guard;
    this.source = source;
    this.target = target;
    this.observer = observer;
    this.consent = consent;
    this.run = run;
    this.clock = clock;
  }

  /**
   * Syncs.
   *
   * @param savePlan where the plan of a dry run is kept; null for nowhere
   */
  public SyncReport run(SyncOptions options, @Nullable Path savePlan) {
    if (savePlan != null) {
      SavedPlan.requireFree(savePlan);
    }
    return run(
        options,
        new ConflictsFile(config.exports().directory(), clock),
        savePlan == null ? PlanReview.NONE : new PlanSaving(savePlan, clock, observer));
  }

  /**
   * Applies a saved plan: that very one, or nothing.
   *
   * @param file where it was read from, with its fixture beside it
   * @param backup whether a backup is taken before
   * @throws SyncException refused, where the plan would be another by now
   */
  public SyncReport apply(SavedPlan plan, Path file, boolean backup) {
    Path fixture = file.resolveSibling(plan.fixture());
    if (!Files.isRegularFile(fixture)) {
      throw SyncException.configuration(
          "The fixture of the saved plan is missing: " + fixture,
          "It was written beside the plan; keep the three files together.");
    }
    SyncOptions options =
        new SyncOptions(
            plan.direction().command(),
            /* dryRun= */ false,
            plan.fullReplace(),
            backup,
            plan.tables(),
            fixture,
            plan.againstMaster(),
            plan.allowDrift(),
            plan.acceptNonTransactional(),
            plan.merge());
    return run(
        options, new ConflictsFile(config.exports().directory(), clock), new PlanComparison(plan));
  }

  /**
   * Plans, and writes down what there is to decide.
   *
   * @param output the file of decisions; null for a name of its own among the exports
   * @param overwrite whether it may take the place of one that is there
   */
  public Resolution resolve(
      Direction direction, SyncOptions options, @Nullable Path output, boolean overwrite) {
    Path file =
        output == null
            ? DecisionsFile.next(config.exports().directory(), direction, clock)
            : output;
    if (!overwrite) {
      DecisionsFile.requireFree(file);
    }
    ConflictsKept kept = new ConflictsKept();
    SyncReport report = run(options, null, kept);
    if (kept.conflicts.isEmpty()) {
      return Resolution.of(report, null);
    }
    DecisionsFile.write(file, direction, kept.conflicts);
    return Resolution.of(report, file);
  }

  /** Keeps what a plan has of conflicts. */
  private static final class ConflictsKept implements PlanReview {
    private List<Conflict> conflicts = List.of();

    @Override
    public void look(Planned planned) {
      conflicts = planned.plan().conflicts();
    }
  }

  private SyncReport run(
      SyncOptions options, @Nullable ConflictsFile conflicts, PlanReview review) {
    return new Synchronization(
            options,
            guard,
            source,
            target,
            observer,
            consent,
            run,
            conflicts,
            review,
            config.exports().thoroughEvery())
        .run();
  }
}
