package io.travaso.merge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a merge would do, exactly: the merge itself takes the diff again, and stops if it is
 * another.
 */
public record MergePlan(List<TablePlan> tables) {

  public MergePlan {
    tables = List.copyOf(tables);
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
