package io.travaso.merge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a merge would do, exactly: the merge itself takes the diff again, and stops if it is
 * another.
 *
 * @param unanswered references that become NULL or another key, because the configuration says so
 */
public record MergePlan(List<TablePlan> tables, List<Unanswered> unanswered) {

  public MergePlan {
    tables = List.copyOf(tables);
    unanswered = List.copyOf(unanswered);
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
