package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.ServiceRequests;
import io.travaso.site.Services;
import io.travaso.site.Site;
import io.travaso.upgrade.UpgradePlan;
import io.travaso.upgrade.UpgradeState;
import java.util.ArrayList;
import java.util.List;

/** One service brought to another version, or back. */
public final class UpgradeFlow {
  private static final String COMMAND = "upgrade";

  private final Site site;
  private final Services services;
  private final Environment environment;
  private final Observer observer;
  private final Consent consent;

  public UpgradeFlow(Site site, Environment environment, Observer observer, Consent consent) {
    this.site = site;
    this.services = site.services();
    this.environment = environment;
    this.observer = observer;
    this.consent = consent;
  }

  /**
   * Upgrades.
   *
   * @param runbook its YAML
   * @param tag of the new images
   * @param dryRun whether only to show what would be done
   * @param autoRollback whether a failure is followed by the way back
   */
  public OperationReport upgrade(
      String service, String runbook, String tag, boolean dryRun, boolean autoRollback) {
    ServiceRequests.Upgrade request =
        new ServiceRequests.Upgrade(service, runbook, tag, autoRollback);
    UpgradePlan plan = services.planUpgrade(request, observer);
    if (plan.nothingToDo()) {
      return new OperationReport(
          COMMAND,
          OperationReport.UNCHANGED,
          site.environment(),
          plan,
          List.of(service + " runs " + tag + " already: nothing to do."));
    }
    if (dryRun && plan.findings().stream().noneMatch(Finding::isProblem)) {
      return new OperationReport(
          COMMAND, OperationReport.PLANNED, site.environment(), plan, lines(plan));
    }
    lines(plan).forEach(observer::tells);
    Finding.throwProblems(
        "The preflight found what keeps " + service + " from being upgraded", plan.findings());
    ask(Note.of(Text.ASK_UPGRADE, service, environment.name(), plan.from(), plan.to()));
    return report(services.upgrade(request, observer));
  }

  /**
   * Brings back the old image and the old data.
   *
   * @param loseWrites whether what was written since may be lost
   */
  public OperationReport rollBack(String service, boolean loseWrites) {
    ask(Note.of(Text.ASK_ROLLBACK_UPGRADE, service, environment.name()));
    return report(
        services.rollBackUpgrade(
            new ServiceRequests.RollBackUpgrade(service, loseWrites), observer));
  }

  private void ask(Note question) {
    if (!consent.isGiven(question, environment.isProtected() ? environment.name() : "")) {
      throw SyncException.refused("Not confirmed; nothing was changed", "");
    }
  }

  private OperationReport report(UpgradeState state) {
    return new OperationReport(
        COMMAND,
        switch (state.status()) {
          case DONE -> OperationReport.APPLIED;
          case UNCHANGED -> OperationReport.UNCHANGED;
          // The way back that somebody asked for is done; the one a failure asked for is none.
          case ROLLED_BACK ->
              state.error() == null ? OperationReport.APPLIED : OperationReport.FAILED;
          case BEGUN, FAILED, ROLLING_BACK -> OperationReport.FAILED;
        },
        site.environment(),
        state,
        lines(state));
  }

  private static List<String> lines(UpgradePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Upgrade of %s in %s: %s → %s"
            .formatted(plan.service(), plan.environment(), plan.from(), plan.to()));
    if (plan.unfinished() != null) {
      lines.add("  " + plan.unfinished());
    }
    plan.images()
        .forEach(i -> lines.add("  image of %s: %s → %s".formatted(i.service(), i.from(), i.to())));
    for (UpgradePlan.Step step : plan.steps()) {
      lines.add("  %d %s".formatted(step.number(), step.title()));
      step.runs().forEach(run -> lines.add("      " + run));
    }
    if (plan.freeBytes() >= 0) {
      lines.add("  free in %s: %s".formatted(plan.backups(), Sizes.bytes(plan.freeBytes())));
    }
    lines.add(
        plan.lastBackup() == null
            ? "  no backup of it yet; one is taken in step 4"
            : "  last backup: %s, %s".formatted(plan.lastBackup(), plan.lastBackupAt()));
    if (plan.releaseNotes() != null) {
      lines.add("  release notes: " + plan.releaseNotes());
    }
    for (Finding finding : plan.findings()) {
      String hint = finding.hint().isEmpty() ? "" : " → " + finding.hint();
      String mark = finding.isProblem() ? "  PROBLEM " : "  ";
      lines.add(mark + finding.what() + hint);
    }
    return lines;
  }

  private static List<String> lines(UpgradeState state) {
    List<String> lines = new ArrayList<>();
    switch (state.status()) {
      case DONE ->
          lines.add("%s is upgraded: %s → %s".formatted(state.service(), state.from(), state.to()));
      case UNCHANGED ->
          lines.add(state.service() + " runs " + state.to() + " already: nothing to do.");
      case ROLLED_BACK ->
          lines.add(
              "%s is back at %s, with the data of %s"
                  .formatted(state.service(), state.from(), state.backup()));
      case BEGUN, FAILED, ROLLING_BACK ->
          lines.add("%s is between %s and %s".formatted(state.service(), state.from(), state.to()));
    }
    if (state.error() != null) {
      lines.add("What failed: " + state.error());
      state.errorTail().forEach(line -> lines.add("  " + line));
    }
    if (state.status() == UpgradeState.Status.DONE) {
      lines.add("To take it back: sync upgrade " + state.service() + " --rollback");
    }
    return lines;
  }
}
