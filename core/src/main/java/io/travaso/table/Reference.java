package io.travaso.table;

import java.util.List;

/**
 * A column that references a row outside the set: the fixture carries what that row is recognised
 * by, the target looks up its own row.
 *
 * @param target the referenced table
 * @param targetColumn the referenced column, whose value the referencing column holds
 * @param match the columns a row of the target is recognised by
 * @param missing what happens to rows whose referenced row the target does not have
 */
public record Reference(TableId target, Column targetColumn, List<Column> match, Missing missing) {

  public Reference {
    match = List.copyOf(match);
  }

  /** What happens to rows whose referenced row the target does not have. */
  public sealed interface Missing {}

  /** The merge is refused, and every row concerned listed. */
  public record Refuse() implements Missing {}

  /** The reference becomes NULL. */
  public record SetNull() implements Missing {}

  /** The reference becomes this key of the target's. */
  public record Use(String id) implements Missing {}
}
