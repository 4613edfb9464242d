package io.travaso.table;

import java.util.List;

/**
 * A column that references a row whose id is another one in each database: the fixture carries what
 * that row is recognised by, the target looks up its own row.
 *
 * @param foreignKey what references it; the column is one of its columns
 * @param naturalKey what the row is recognised by
 * @param targetColumn the referenced column, whose value the referencing column holds
 * @param missing what happens to rows whose referenced row the target does not have
 */
public record Reference(
    ForeignKey foreignKey, NaturalKey naturalKey, Column targetColumn, Missing missing) {

  /** The referenced table. */
  public TableId target() {
    return naturalKey.table().id();
  }

  /** The columns that the values in the fixture have the types of. */
  public List<Column> match() {
    return naturalKey.columns();
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
