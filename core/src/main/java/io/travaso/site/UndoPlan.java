package io.travaso.site;

import io.travaso.ledger.Run;
import io.travaso.merge.Conflict;
import io.travaso.merge.MergePlan;
import java.util.List;

/**
 * What undoing a sync would do.
 *
 * @param run the sync
 * @param plan what would be written; rows that changed again since are not in it
 * @param conflicts the rows that changed again since, the first of each table, and how
 * @param changedAgain how many those are
 */
public record UndoPlan(Run run, MergePlan plan, List<Conflict> conflicts, long changedAgain) {

  public UndoPlan {
    conflicts = List.copyOf(conflicts);
  }
}
