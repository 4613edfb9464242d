package io.travaso.merge;

/**
 * What a merge would do to one table.
 *
 * @param table its full name
 * @param label its name for people
 * @param model its name in the fixture
 * @param updated rows that really differ
 * @param onlyInTarget rows that only the target has and keeps
 * @param conflicts rows that both sides changed, and no rule decides between
 * @param keptTarget rows that only the target changed or deleted, and that stay so
 * @param merged rows among the updated that keep some of the target's changes
 * @param collisions rows that both sides made under one key, and that are not the same
 * @param goneInSource rows that the source deleted and the target keeps
 * @param goneInTarget rows among {@code keptTarget} that the target deleted
 * @param overwritten rows among the updated that the target may have changed: where there is no
 *     baseline, or the merge is to make an exact copy
 * @param digest a digest over the keys and the target's rows concerned
 */
public record TablePlan(
    String table,
    String label,
    String model,
    long created,
    long updated,
    long deleted,
    long unchanged,
    long onlyInTarget,
    long conflicts,
    long keptTarget,
    long merged,
    long collisions,
    long goneInSource,
    long goneInTarget,
    long overwritten,
    String digest) {

  /** The same, with so many rows that can't be written. */
  TablePlan withConflicts(long rows) {
    return new TablePlan(
        table,
        label,
        model,
        created,
        updated,
        deleted,
        unchanged,
        onlyInTarget,
        rows,
        keptTarget,
        merged,
        collisions,
        goneInSource,
        goneInTarget,
        overwritten,
        digest);
  }

  /** How many rows would be written. */
  public long changes() {
    return created + updated + deleted;
  }
}
