package io.travaso.merge;

import java.util.List;

/**
 * What a merge did.
 *
 * @param rowsAfter how many rows each of the plan's tables had when it was done
 */
public record MergeResult(MergePlan plan, List<Long> rowsAfter) {

  public MergeResult {
    rowsAfter = List.copyOf(rowsAfter);
  }
}
