package io.travaso.merge;

/**
 * What a merge would do to one table.
 *
 * @param table its full name
 * @param label its name for people
 * @param model its name in the fixture
 * @param updated rows that really differ
 * @param onlyInTarget rows that only the target has and keeps
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
    String digest) {

  /** How many rows would be written. */
  public long changes() {
    return created + updated + deleted;
  }
}
