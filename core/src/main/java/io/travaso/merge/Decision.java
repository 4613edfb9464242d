package io.travaso.merge;

import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a {@link Conflict}.
 *
 * @param table the table's full name
 * @param key the row's key, as the conflict has it
 * @param column null where the conflict concerns the row
 * @param seen as the conflict has it: of other rows by now, nothing was decided
 */
public record Decision(String table, String key, @Nullable String column, Side take, String seen) {

  /** Whose value, or row, it is to be. */
  public enum Side {
    SOURCE,
    TARGET
  }
}
