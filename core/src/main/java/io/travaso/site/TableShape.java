package io.travaso.site;

import io.travaso.fixture.Manifest;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;

/**
 * A table of the set as far as both sides must agree on it.
 *
 * @param key what its rows are recognised by
 * @param columns those that are merged
 * @param generated those that are not, because the database computes them
 */
public record TableShape(
    String table,
    String label,
    List<String> key,
    List<ColumnShape> columns,
    List<String> generated) {

  public TableShape {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    generated = List.copyOf(generated);
  }

  /**
   * A column as far as both sides must agree on it.
   *
   * @param hasDefault whether a row that is written without it gets one; only a target needs that
   */
  public record ColumnShape(String name, String type, boolean nullable, boolean hasDefault) {

    boolean isLike(ColumnShape other) {
      return name.equals(other.name) && type.equals(other.type) && nullable == other.nullable;
    }

    /** Whether rows can be written without it. */
    boolean isOptional() {
      return nullable || hasDefault;
    }

    @Override
    public String toString() {
      return type + (nullable ? "" : " not null");
    }
  }

  static TableShape of(SyncTable table) {
    return new TableShape(
        table.id().toString(),
        table.label(),
        table.match().stream().map(Column::name).toList(),
        table.carried().stream()
            .map(c -> new ColumnShape(c.name(), c.type(), c.nullable(), c.hasDefault()))
            .toList(),
        table.table().columns().stream().filter(Column::generated).map(Column::name).toList());
  }

  static TableShape of(Manifest.TableEntry table) {
    return new TableShape(
        table.table(),
        table.label(),
        table.key(),
        table.columns().stream()
            .map(c -> new ColumnShape(c.name(), c.type(), c.nullable(), false))
            .toList(),
        table.generated());
  }
}
