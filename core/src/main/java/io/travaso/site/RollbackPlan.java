package io.travaso.site;

import io.travaso.backup.Backup;
import io.travaso.ledger.Run;
import io.travaso.merge.MergePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What going back to a backup would do.
 *
 * @param backup the backup, verified
 * @param passedOver later backups that are not whole, and why
 * @param run the sync the backup was taken for; null where the ledger does not know it
 * @param syncs how many syncs it would take back: with a backup that is not the last one's, several
 * @param plan what would be written to be as before
 * @param since what was changed since that sync, and would be lost
 * @param undoable whether undoing that sync is possible, which would keep what was changed since
 */
public record RollbackPlan(
    Backup backup,
    List<String> passedOver,
    @Nullable Run run,
    int syncs,
    MergePlan plan,
    List<ChangedSince> since,
    boolean undoable) {

  /**
   * What others did to a table since the sync.
   *
   * @param written rows changed or added
   * @param deleted rows deleted; at least so many
   */
  public record ChangedSince(String table, String label, long written, long deleted) {}

  /** How many rows would be lost. */
  public long changedSince() {
    return since.stream().mapToLong(c -> c.written() + c.deleted()).sum();
  }
}
