package io.travaso.database;

import io.travaso.table.Column;
import io.travaso.table.Table;
import java.util.List;

/**
 * A table with its columns that hold keys of certain rows.
 *
 * @param holders each column once
 * @param compared the columns whose values must be as they were, beyond that
 */
public record HeldKeys(Table table, List<Holder> holders, List<Column> compared) {

  /**
   * A column that holds such keys.
   *
   * @param bonds why it does; where none of them holds, a value of it means something else
   */
  public record Holder(Column column, List<Bond> bonds) {
    public Holder {
      bonds = List.copyOf(bonds);
    }

    /** Whether only a generic relation says what it holds. */
    public boolean isGeneric() {
      return bonds.stream().allMatch(Generic.class::isInstance);
    }
  }

  /** Why a column's value is such a key. */
  public sealed interface Bond {}

  /** It is the rows' own. */
  public record Own() implements Bond {}

  /**
   * A foreign key says so.
   *
   * @param others its other columns: where one of them is NULL, it says nothing
   */
  public record Through(List<Column> others) implements Bond {
    public Through {
      others = List.copyOf(others);
    }
  }

  /**
   * The row of another table says so, which stands for a model.
   *
   * @param contentType the column beside it that references the row
   * @param id the referenced column
   */
  public record Generic(
      Column contentType, Table contentTypes, Column id, String appLabel, String model)
      implements Bond {}

  public HeldKeys {
    holders = List.copyOf(holders);
    compared = List.copyOf(compared);
  }

  /** The holder that is the rows' own key, if it is one of these. */
  public boolean isOwn(Holder holder) {
    return holder.bonds().stream().anyMatch(Own.class::isInstance);
  }
}
