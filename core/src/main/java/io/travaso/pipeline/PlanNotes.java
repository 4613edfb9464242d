package io.travaso.pipeline;

import io.travaso.merge.MergePlan;
import io.travaso.merge.Reconciliation;
import io.travaso.merge.TablePlan;
import io.travaso.pipeline.Note.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is worth telling of a plan that its counts don't say by themselves. */
final class PlanNotes {
  private final SyncOptions options;
  private final String source;
  private final String target;

  PlanNotes(SyncOptions options, String source, String target) {
    this.options = options;
    this.source = source;
    this.target = target;
  }

  List<Note> of(MergePlan plan, @Nullable Reconciliation reconciliation) {
    List<Note> notes = new ArrayList<>();
    for (String label : orEmpty(firstSync(options, plan, reconciliation))) {
      notes.add(Note.of(Text.FIRST_SYNC, label, target, source));
    }
    long overwritten = plan.total(TablePlan::overwritten);
    if (options.fullReplace() && overwritten > 0) {
      notes.add(Note.of(Text.OVERWRITES, overwritten, target));
    }
    long gone = plan.total(TablePlan::goneInSource);
    if (gone > 0 && !options.merge().propagateDeletes()) {
      notes.add(Note.of(Text.GONE_IN_SOURCE, gone, source, target, "--propagate-deletes"));
    }
    long deleted = plan.total(TablePlan::goneInTarget);
    if (deleted > 0) {
      notes.add(Note.of(Text.GONE_IN_TARGET, deleted, target, "--full-replace"));
    }
    return notes;
  }

  private static List<String> orEmpty(@Nullable List<String> labels) {
    return labels == null ? List.of() : labels;
  }

  /**
   * The labels of tables without a common state, of which rows are written over; null for none. An
   * exact copy asks for no common state.
   */
  static @Nullable List<String> firstSync(
      SyncOptions options, MergePlan plan, @Nullable Reconciliation reconciliation) {
    if (reconciliation == null || options.fullReplace()) {
      return null;
    }
    List<String> labels =
        plan.tables().stream()
            .filter(t -> t.overwritten() > 0 && !reconciliation.agreed().containsKey(t.table()))
            .map(TablePlan::label)
            .toList();
    return labels.isEmpty() ? null : labels;
  }
}
