package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The upgrades of the services of one environment, on that environment's own host. */
public final class Upgrades {
  public Upgrades(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {}

  /**
   * What {@link #run} would do. Writes nothing; what is wrong is among the findings.
   *
   * @param runbook its YAML; an error in it is a {@code CONFIGURATION} error with all of them
   * @param tag the images' new tag
   */
  public UpgradePlan plan(String service, String runbook, String tag, Progress progress) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /**
   * Brings back the old image and the old data of the last upgrade, finished or not.
   *
   * @param loseWrites whether what users may have written since the new version was started may be
   *     lost; where they may have and this is false, REFUSED with the time and the counts
   */
  public UpgradeState rollback(String service, boolean loseWrites, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** How far the last upgrade of a service came. */
  public Optional<UpgradeState> state(String service) {
    throw new UnsupportedOperationException();
  }

  /** The upgrades of this environment's services that were begun and are not finished. */
  public List<UpgradeState> unfinished() {
    throw new UnsupportedOperationException();
  }
}
