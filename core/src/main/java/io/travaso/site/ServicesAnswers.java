package io.travaso.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.Progress;
import io.travaso.site.Protocol.Question;

/** Answers what the tool on another host asks of the services here. */
final class ServicesAnswers {
  private final Services services;

  ServicesAnswers(Services services) {
    this.services = services;
  }

  Object answer(Question question, Progress progress) throws JsonProcessingException {
    JsonNode request = question.request();
    return switch (question.operation()) {
      case CHECK_SERVICE -> services.check(read(request, ServiceRequests.Of.class), progress);
      case TAKE_SERVICE -> services.take(read(request, ServiceRequests.Take.class), progress);
      case SERVICE_BACKUPS -> services.backups();
      case VERIFY -> services.verify(read(request, ServiceRequests.Named.class), progress);
      case PLAN_RESTORE -> services.planRestore(read(request, ServiceRequests.Restore.class));
      case RESTORE -> services.restore(read(request, ServiceRequests.Restore.class), progress);
      case PRUNE -> services.prune(read(request, ServiceRequests.Of.class));
      case QUIESCED -> services.quiesced();
      case RESUME -> services.resume(read(request, ServiceRequests.Of.class), progress);
      case PLAN_UPGRADE ->
          services.planUpgrade(read(request, ServiceRequests.Upgrade.class), progress);
      case UPGRADE -> services.upgrade(read(request, ServiceRequests.Upgrade.class), progress);
      case ROLL_BACK_UPGRADE ->
          services.rollBackUpgrade(read(request, ServiceRequests.RollBackUpgrade.class), progress);
      case UNFINISHED_UPGRADES -> services.unfinishedUpgrades();
      default -> throw new IllegalArgumentException(question.operation() + " is the site's");
    };
  }

  private static <T> T read(JsonNode request, Class<T> type) throws JsonProcessingException {
    return Protocol.JSON.treeToValue(request, type);
  }
}
