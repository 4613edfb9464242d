package io.travaso.merge;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of conflicts in a table.
 *
 * @param newestBy the column that says when a row was changed; null where none was named
 */
public record ConflictRule(OnConflict on, @Nullable String newestBy) {

  /** Conflicts stop the run. */
  public static final ConflictRule STOP = new ConflictRule(OnConflict.STOP, null);
}
