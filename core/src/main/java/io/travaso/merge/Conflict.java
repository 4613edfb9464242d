package io.travaso.merge;

import org.jspecify.annotations.Nullable;

/**
 * What two sides did to one row, and no rule decides between.
 *
 * @param table its full name
 * @param label its name for people
 * @param key the row's key for people
 * @param column where it concerns one column; null where it concerns the row
 * @param source the source's value as text, long ones cut; null for NULL, or where the source has
 *     no such row
 * @param target the target's, likewise
 * @param seen a hash of the two rows, so that a decision can be held against what it decided about
 */
public record Conflict(
    String table,
    String label,
    String key,
    Kind kind,
    @Nullable String column,
    @Nullable String source,
    @Nullable String target,
    String seen) {

  /** What happened to the row on both sides. */
  public enum Kind {
    /** Both changed one column, each to another value. */
    CHANGED_ON_BOTH,
    /** The source deleted it, the target changed it. */
    DELETED_IN_SOURCE,
    /** The target deleted it, the source changed it. */
    DELETED_IN_TARGET,
    /** Both made a row of this key, and they are not the same: a collision. */
    NEW_ON_BOTH
  }
}
