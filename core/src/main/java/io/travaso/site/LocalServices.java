package io.travaso.site;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.service.Quiesced;
import io.travaso.service.RestorePlan;
import io.travaso.service.Restored;
import io.travaso.service.ServiceBackup;
import io.travaso.service.ServiceBackups;
import io.travaso.service.Verified;
import io.travaso.upgrade.UpgradePlan;
import io.travaso.upgrade.UpgradeState;
import io.travaso.upgrade.Upgrades;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of an environment whose host is this machine. */
final class LocalServices implements Services {
  private final ServiceBackups backups;
  private final Upgrades upgrades;

  LocalServices(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this.backups = new ServiceBackups(config, environment, surroundings, toolVersion, clock);
    this.upgrades = new Upgrades(config, environment, surroundings, toolVersion, clock);
  }

  @Override
  public List<Finding> check(ServiceRequests.Of request, Progress progress) {
    return backups.check(named(request.service()));
  }

  @Override
  public ServiceBackup take(ServiceRequests.Take request, Progress progress) {
    return backups.take(
        request.service(),
        request.purpose(),
        request.place(),
        /* leaveQuiesced= */ false,
        progress);
  }

  @Override
  public List<ServiceBackup> backups() {
    return backups.list();
  }

  @Override
  public Verified verify(ServiceRequests.Named request, Progress progress) {
    return backups.verify(request.name(), progress);
  }

  @Override
  public RestorePlan planRestore(ServiceRequests.Restore request) {
    return backups.planRestore(request.name(), request.parts());
  }

  @Override
  public Restored restore(ServiceRequests.Restore request, Progress progress) {
    return backups.restore(request.name(), request.parts(), progress);
  }

  @Override
  public List<String> prune(ServiceRequests.Of request) {
    return backups.prune(request.service());
  }

  @Override
  public List<Quiesced> quiesced() {
    return backups.quiesced();
  }

  @Override
  public List<String> resume(ServiceRequests.Of request, Progress progress) {
    String service = named(request.service());
    upgrades
        .state(service)
        .filter(it -> it.isUnfinished() && !it.leavesOld())
        .ifPresent(
            it -> {
              throw SyncException.refused(
                  "the upgrade of %s from %s to %s is not finished"
                      .formatted(service, it.from(), it.to()),
                  it.whatNow());
            });
    return backups.resume(service, progress);
  }

  @Override
  public UpgradePlan planUpgrade(ServiceRequests.Upgrade request, Progress progress) {
    return upgrades.plan(request.service(), request.runbook(), request.tag(), progress);
  }

  @Override
  public UpgradeState upgrade(ServiceRequests.Upgrade request, Progress progress) {
    return upgrades.run(
        request.service(), request.runbook(), request.tag(), request.autoRollback(), progress);
  }

  @Override
  public UpgradeState rollBackUpgrade(ServiceRequests.RollBackUpgrade request, Progress progress) {
    return upgrades.rollback(request.service(), request.loseWrites(), progress);
  }

  @Override
  public List<UpgradeState> unfinishedUpgrades() {
    return upgrades.unfinished();
  }

  private static String named(@Nullable String service) {
    if (service == null) {
      throw SyncException.configuration("Which service is meant?", "Name one.");
    }
    return service;
  }
}
