package io.travaso.merge;

import java.util.List;

/**
 * What a merge did.
 *
 * @param rowsAfter how many rows each of the plan's tables had when it was done
 * @param undoable whether the ledger has what it takes to undo it
 */
public record MergeResult(MergePlan plan, List<Long> rowsAfter, boolean undoable) {

  public MergeResult {
    rowsAfter = List.copyOf(rowsAfter);
  }
}
