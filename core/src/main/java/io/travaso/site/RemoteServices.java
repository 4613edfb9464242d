package io.travaso.site;

import com.fasterxml.jackson.core.type.TypeReference;
import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.service.Quiesced;
import io.travaso.service.RestorePlan;
import io.travaso.service.Restored;
import io.travaso.service.ServiceBackup;
import io.travaso.service.Verified;
import io.travaso.site.Protocol.Operation;
import io.travaso.upgrade.UpgradePlan;
import io.travaso.upgrade.UpgradeState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The services of an environment on another host, which the tool there is asked for. */
final class RemoteServices implements Services {
  private final Supplier<RemoteTool> tool;

  RemoteServices(Supplier<RemoteTool> tool) {
    this.tool = tool;
  }

  @Override
  public List<Finding> check(ServiceRequests.Of request, Progress progress) {
    return ask(Operation.CHECK_SERVICE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public ServiceBackup take(ServiceRequests.Take request, Progress progress) {
    return ask(Operation.TAKE_SERVICE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<ServiceBackup> backups() {
    return ask(Operation.SERVICE_BACKUPS, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public Verified verify(ServiceRequests.Named request, Progress progress) {
    return ask(Operation.VERIFY, request, new TypeReference<>() {}, progress);
  }

  @Override
  public RestorePlan planRestore(ServiceRequests.Restore request) {
    return ask(Operation.PLAN_RESTORE, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public Restored restore(ServiceRequests.Restore request, Progress progress) {
    return ask(Operation.RESTORE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<String> prune(ServiceRequests.Of request) {
    return ask(Operation.PRUNE, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public List<Quiesced> quiesced() {
    return ask(Operation.QUIESCED, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public List<String> resume(ServiceRequests.Of request, Progress progress) {
    return ask(Operation.RESUME, request, new TypeReference<>() {}, progress);
  }

  @Override
  public UpgradePlan planUpgrade(ServiceRequests.Upgrade request, Progress progress) {
    return ask(Operation.PLAN_UPGRADE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public UpgradeState upgrade(ServiceRequests.Upgrade request, Progress progress) {
    return ask(Operation.UPGRADE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public UpgradeState rollBackUpgrade(ServiceRequests.RollBackUpgrade request, Progress progress) {
    return ask(Operation.ROLL_BACK_UPGRADE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<UpgradeState> unfinishedUpgrades() {
    return ask(Operation.UNFINISHED_UPGRADES, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  private <T> T ask(
      Operation operation, Object request, TypeReference<T> answer, Progress progress) {
    return tool.get().ask(operation, request, answer, progress);
  }
}
