package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * What is said of conflicts, for all tables or for one.
 *
 * @param onConflict null where nothing is said
 * @param newestBy the column that says when a row was changed; null where none is named
 */
public record ConflictSetting(@Nullable OnConflict onConflict, @Nullable String newestBy) {

  /** Nothing is said. */
  public static final ConflictSetting NONE = new ConflictSetting(null, null);

  public boolean isNone() {
    return onConflict == null && newestBy == null;
  }
}
