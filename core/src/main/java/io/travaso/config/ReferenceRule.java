package io.travaso.config;

import java.util.List;

/**
 * How a row of an excluded table is recognised on the other side.
 *
 * @param match the columns that say which row it is, at least one
 * @param missing what becomes of a reference to a row that the other side does not have
 */
public record ReferenceRule(TableName table, List<String> match, Missing missing) {

  public ReferenceRule {
    match = List.copyOf(match);
  }

  /** What becomes of a reference to a row that the target does not have. */
  public sealed interface Missing {}

  /** The run is refused, and every row concerned is listed. */
  public record Refuse() implements Missing {}

  /** The reference becomes NULL. */
  public record SetNull() implements Missing {}

  /** The reference points to this row of the target. */
  public record Use(String id) implements Missing {}
}
