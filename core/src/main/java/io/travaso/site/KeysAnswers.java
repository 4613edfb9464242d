package io.travaso.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.Progress;
import io.travaso.site.Protocol.Question;

/** Answers what the tool on another host asks about the keys here. */
final class KeysAnswers {
  private final Keys keys;

  KeysAnswers(Keys keys) {
    this.keys = keys;
  }

  Object answer(Question question, Progress progress) throws JsonProcessingException {
    JsonNode request = question.request();
    return switch (question.operation()) {
      case KEY_REACH -> keys.reach(read(request, KeyRequests.Reach.class));
      case PLAN_RENUMBER -> keys.plan(read(request, KeyRequests.PlanRenumber.class), progress);
      case RENUMBER -> keys.renumber(read(request, KeyRequests.Renumber.class), progress);
      case KEY_SOURCES -> keys.sources();
      case PLAN_KEY_CLASS -> keys.planClass(read(request, KeyRequests.DrawFrom.class));
      case DRAW_FROM -> keys.drawFrom(read(request, KeyRequests.DrawFrom.class));
      default -> throw new IllegalArgumentException(question.operation() + " is the site's");
    };
  }

  private static <T> T read(JsonNode request, Class<T> type) throws JsonProcessingException {
    return Protocol.JSON.treeToValue(request, type);
  }
}
