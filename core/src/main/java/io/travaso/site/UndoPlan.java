package io.travaso.site;

import io.travaso.ledger.Run;
import io.travaso.merge.Conflict;
import io.travaso.merge.MergePlan;
import io.travaso.merge.TablePlan;
import java.util.List;

/**
 * What undoing a sync would do.
 *
 * @param run the sync
 * @param plan what would be written, and how many rows changed again since and are not
 * @param conflicts those rows, the first of each table, and how they changed. A row that references
 *     it now stands as the target's value, one that it would reference and is not there as the
 *     source's
 */
public record UndoPlan(Run run, MergePlan plan, List<Conflict> conflicts) {

  public UndoPlan {
    conflicts = List.copyOf(conflicts);
  }

  /** How many rows changed again since. */
  public long changedAgain() {
    return plan.total(TablePlan::conflicts);
  }
}
