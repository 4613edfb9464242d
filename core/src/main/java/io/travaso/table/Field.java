package io.travaso.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a record's {@code fields}.
 *
 * @param name its name in the fixture
 * @param column the column it fills
 * @param reference set where the fixture carries a natural key instead of the column's value
 * @param generic set where the fixture may carry one
 * @param rule what becomes of its values on the way
 */
public record Field(
    String name,
    Column column,
    @Nullable Reference reference,
    @Nullable GenericReference generic,
    ColumnRule rule) {

  /** A field whose values go as they are. */
  public Field(String name, Column column, @Nullable Reference reference) {
    this(name, column, reference, null, new ColumnRule.Carry());
  }

  /** The columns that its values in the fixture have the types of; none where it has none. */
  public List<Column> carried() {
    if (reference != null) {
      return reference.match();
    }
    if (!isCarried()) {
      return List.of();
    }
    return List.of(generic == null ? column : GenericReference.carrier(column.name()));
  }

  /** Whether what is staged is another value than what was loaded. */
  public boolean isResolved() {
    return reference != null || generic != null || !(rule instanceof ColumnRule.Carry);
  }

  /** Whether the fixture has it: not where every new row gets a value that is given. */
  public boolean isCarried() {
    return !(rule instanceof ColumnRule.KeepTarget keep && keep.otherwise() != null);
  }

  /** Whether a row that the target has keeps its value. */
  public boolean keepsTarget() {
    return rule instanceof ColumnRule.KeepTarget;
  }
}
