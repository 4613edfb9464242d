package io.travaso.site;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.service.Quiesced;
import io.travaso.service.RestorePlan;
import io.travaso.service.Restored;
import io.travaso.service.ServiceBackup;
import io.travaso.service.Verified;
import io.travaso.upgrade.UpgradePlan;
import io.travaso.upgrade.UpgradeState;
import java.util.List;

/**
 * What can be done with the services and the whole databases of an environment, on its own host. As
 * with a {@link Site}, all that is asked and answered is data.
 */
public interface Services {
  /** What a backup of a service needs. */
  List<Finding> check(ServiceRequests.Of request, Progress progress);

  /** Takes a backup of a service. */
  ServiceBackup take(ServiceRequests.Take request, Progress progress);

  /** The backups of all services, newest first. */
  List<ServiceBackup> backups();

  /** Reads a backup in full, and restores its databases beside the real ones. */
  Verified verify(ServiceRequests.Named request, Progress progress);

  /** What a restore would replace. */
  RestorePlan planRestore(ServiceRequests.Restore request);

  /** Replaces databases and volumes with a backup's. */
  Restored restore(ServiceRequests.Restore request, Progress progress);

  /** Removes backups beyond what is to be kept, and says which. */
  List<String> prune(ServiceRequests.Of request);

  /** Services that were left holding still. */
  List<Quiesced> quiesced();

  /** Lets a service go on that was left holding still, and says what runs again. */
  List<String> resume(ServiceRequests.Of request, Progress progress);

  /** What an upgrade would do. */
  UpgradePlan planUpgrade(ServiceRequests.Upgrade request, Progress progress);

  /** Upgrades a service, or goes on with an upgrade that was interrupted. */
  UpgradeState upgrade(ServiceRequests.Upgrade request, Progress progress);

  /** Brings back the old image and the old data. */
  UpgradeState rollBackUpgrade(ServiceRequests.RollBackUpgrade request, Progress progress);

  /** The upgrades that were begun and are not finished. */
  List<UpgradeState> unfinishedUpgrades();
}
