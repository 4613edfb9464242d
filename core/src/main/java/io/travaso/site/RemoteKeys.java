package io.travaso.site;

import com.fasterxml.jackson.core.type.TypeReference;
import io.travaso.Progress;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.KeyReach;
import io.travaso.keys.KeySource;
import io.travaso.keys.RenumberPlan;
import io.travaso.site.Protocol.Operation;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The keys of an environment on another host. */
final class RemoteKeys implements Keys {
  private final Supplier<RemoteTool> tool;

  RemoteKeys(Supplier<RemoteTool> tool) {
    this.tool = tool;
  }

  @Override
  public KeyReach reach(KeyRequests.Reach request) {
    return ask(Operation.KEY_REACH, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public RenumberPlan plan(KeyRequests.PlanRenumber request, Progress progress) {
    return ask(Operation.PLAN_RENUMBER, request, new TypeReference<>() {}, progress);
  }

  @Override
  public RenumberPlan renumber(KeyRequests.Renumber request, Progress progress) {
    return ask(Operation.RENUMBER, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<KeySource> sources() {
    return ask(Operation.KEY_SOURCES, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public ClassPlan planClass(KeyRequests.DrawFrom request) {
    return ask(Operation.PLAN_KEY_CLASS, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public ClassPlan drawFrom(KeyRequests.DrawFrom request) {
    return ask(Operation.DRAW_FROM, request, new TypeReference<>() {}, Progress.SILENT);
  }

  private <T> T ask(
      Operation operation, Object request, TypeReference<T> answer, Progress progress) {
    return tool.get().ask(operation, request, answer, progress);
  }
}
