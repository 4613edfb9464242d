package io.travaso.merge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a merge would do, exactly: the merge itself takes the diff again, and stops if it is
 * another.
 *
 * @param unanswered references that become NULL or another key, because the configuration says so
 * @param conflicts what no rule decides; with any, nothing can be written
 * @param overwritten the first of the rows that the target may have changed and that are written
 *     over
 */
public record MergePlan(
    List<TablePlan> tables,
    List<Unanswered> unanswered,
    List<Conflict> conflicts,
    List<Overwritten> overwritten) {

  public MergePlan {
    tables = List.copyOf(tables);
    unanswered = List.copyOf(unanswered);
    conflicts = List.copyOf(conflicts);
    overwritten = List.copyOf(overwritten);
  }

  /** A plan without conflicts. */
  public MergePlan(List<TablePlan> tables, List<Unanswered> unanswered) {
    this(tables, unanswered, List.of(), List.of());
  }

  @JsonIgnore
  public boolean isEmpty() {
    return tables.stream().allMatch(t -> t.changes() == 0);
  }

  /** A count over all tables. */
  public long total(ToLongFunction<TablePlan> count) {
    return tables.stream().mapToLong(count).sum();
  }
}
