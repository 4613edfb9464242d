package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The upgrades of the services of one environment, on that environment's own host. */
public final class Upgrades {
  private final Workplaces workplaces;
  private final StateStore store;
  private final Clock clock;
  private final String toolVersion;
  private final Steps.Hook hook;

  public Upgrades(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this(config, environment, surroundings, toolVersion, clock, Steps.Hook.NONE);
  }

  /** With somebody who hears of every step. */
  Upgrades(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock,
      Steps.Hook hook) {
    this.workplaces = new Workplaces(config, environment, surroundings, toolVersion, clock);
    this.store = new StateStore(Path.of(environment.backups().directory()));
    this.clock = clock;
    this.toolVersion = toolVersion;
    this.hook = hook;
  }

  /**
   * What {@link #run} would do. Writes nothing; what is wrong is among the findings.
   *
   * @param runbook its YAML; an error in it is a {@code CONFIGURATION} error with all of them
   * @param tag the images' new tag
   */
  public UpgradePlan plan(String service, String runbook, String tag, Progress progress) {
    return new Planning(workplaces, store, service, runbook, tag).plan();
  }

  /**
   * Upgrades a service, or goes on with an upgrade to the same tag that was interrupted.
   *
   * @param autoRollback whether a migration or a smoke check that fails is followed by {@link
   *     #rollback}; the state is then {@code ROLLED_BACK} and has the error
   * @return the state at the end: {@code DONE}, {@code UNCHANGED}, or {@code ROLLED_BACK}
   * @throws io.travaso.SyncException of kind FAILED where a step failed, with the end of the
   *     program's errors as details and the way back as hint; REFUSED where the preflight or an
   *     unfinished upgrade says no
   */
  public UpgradeState run(
      String service, String runbook, String tag, boolean autoRollback, Progress progress) {
    return store.locked(
        () -> {
          Planning planning = new Planning(workplaces, store, service, runbook, tag);
          UpgradeState state =
              planning
                  .unfinished()
                  .map(it -> goingOn(planning.continued(it), progress))
                  .orElseGet(() -> new Beginning(planning, clock, toolVersion).begin(progress));
          if (state.status() == UpgradeState.Status.UNCHANGED) {
            return state;
          }
          Journal journal = new Journal(store, clock, state);
          new Attempt(planning.workplace(state.from()), journal, progress, hook)
              .run(autoRollback ? () -> back(journal.state()) : null);
          return journal.state();
        });
  }

  private static UpgradeState goingOn(UpgradeState state, Progress progress) {
    progress.tells("going on with " + state.standing());
    return state;
  }

  /**
   * Brings back the old image and the old data of the last upgrade, finished or not.
   *
   * @param loseWrites whether what users may have written since the new version was started may be
   *     lost; where they may have and this is false, REFUSED with the time
   */
  public UpgradeState rollback(String service, boolean loseWrites, Progress progress) {
    return store.locked(
        () -> {
          UpgradeState state = lastToTakeBack(service);
          if (!loseWrites) {
            refuseLoss(state);
          }
          Journal journal = new Journal(store, clock, state);
          boolean hasWorked = state.status() == UpgradeState.Status.DONE;
          new Attempt(back(state), journal, progress, hook).rollback(hasWorked);
          journal.forgetError();
          return journal.state();
        });
  }

  private UpgradeState lastToTakeBack(String service) {
    UpgradeState state =
        store
            .find(service)
            .orElseThrow(
                () ->
                    SyncException.refused(
                        "no upgrade of " + service + " is known on this host",
                        "to go back to an older state: sync restore BACKUP"));
    if (state.status() == UpgradeState.Status.ROLLED_BACK) {
      throw SyncException.refused(
          "the upgrade of " + service + " to " + state.to() + " was rolled back already", "");
    }
    return state;
  }

  /** On the way back the old tag is the new one. */
  private Workplace back(UpgradeState state) {
    return workplaces.open(state.service(), state.runbook(), state.to(), state.from());
  }

  /** Users may have written to the new version from its start on. */
  private void refuseLoss(UpgradeState state) {
    String opened = state.openedAt();
    if (opened == null || state.status() == UpgradeState.Status.ROLLING_BACK) {
      return;
    }
    String until = state.closedAt().orElseGet(() -> clock.instant().toString());
    throw SyncException.refused(
        "%s ran with %s from %s to %s; what its users wrote in that time would be lost"
            .formatted(state.service(), state.to(), opened, until),
        "if that may be: sync upgrade " + state.service() + " --rollback --lose-writes");
  }

  /** How far the last upgrade of a service came. */
  public Optional<UpgradeState> state(String service) {
    return store.find(service);
  }

  /** The upgrades of this environment's services that were begun and are not finished. */
  public List<UpgradeState> unfinished() {
    return store.list().stream().filter(Planning::isHalfWay).toList();
  }

  /** What to do about an upgrade that is not finished. */
  static String goOn(UpgradeState state) {
    return "go on with it: sync upgrade %s --to %s, or go back: sync upgrade %s --rollback"
        .formatted(state.service(), state.to(), state.service());
  }
}
