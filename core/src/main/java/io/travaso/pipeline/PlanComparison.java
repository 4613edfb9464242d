package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.merge.Reconciliation;
import io.travaso.merge.TablePlan;
import io.travaso.site.Exported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Refuses a plan that is another than the one that was saved. */
final class PlanComparison implements PlanReview {
  private static final String HINT =
      "Make a new plan with `--dry-run --save-plan FILE`, and look at it.";

  private final SavedPlan saved;

  PlanComparison(SavedPlan saved) {
    this.saved = saved;
  }

  @Override
  public Exported exported() {
    return saved.exported();
  }

  @Override
  public void look(Planned planned) {
    Reconciliation reconciliation = planned.request().reconciliation();
    Map<String, String> agreed = reconciliation == null ? Map.of() : reconciliation.agreed();
    List<TablePlan> now = planned.plan().tables();
    List<String> synced = synced(agreed, now);
    if (!synced.isEmpty()) {
      throw SyncException.refused(
          "The saved plan does not hold any more: the two sides synced since; nothing was written",
          HINT,
          synced);
    }
    List<String> moved = moved(now);
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "The saved plan does not hold any more: "
              + String.join(", ", moved)
              + " changed since; nothing was written",
          HINT,
          moved);
    }
  }

  /** Tables on which the two sides agreed in another run than they had when the plan was saved. */
  private List<String> synced(Map<String, String> agreed, List<TablePlan> now) {
    Map<String, String> labels =
        now.stream().collect(Collectors.toMap(TablePlan::table, TablePlan::label));
    TreeSet<String> tables = new TreeSet<>(agreed.keySet());
    tables.addAll(saved.agreed().keySet());
    return tables.stream()
        .filter(table -> !Objects.equals(agreed.get(table), saved.agreed().get(table)))
        .map(table -> labels.getOrDefault(table, table))
        .toList();
  }

  private List<String> moved(List<TablePlan> now) {
    Map<String, TablePlan> before =
        saved.plan().stream().collect(Collectors.toMap(TablePlan::table, Function.identity()));
    List<String> moved = new ArrayList<>();
    for (TablePlan table : now) {
      if (!table.equals(before.remove(table.table()))) {
        moved.add(table.label());
      }
    }
    before.values().forEach(table -> moved.add(table.label()));
    return moved;
  }
}
