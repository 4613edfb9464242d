package io.travaso.site;

import io.travaso.fixture.Manifest;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;

/** A table of the set as far as both sides must agree on it. */
public record TableShape(String table, String label, List<String> key, List<ColumnShape> columns) {

  /** A column as far as both sides must agree on it. */
  public record ColumnShape(String name, String type, boolean nullable) {

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
            .map(c -> new ColumnShape(c.name(), c.type(), c.nullable()))
            .toList());
  }

  static TableShape of(Manifest.TableEntry table) {
    return new TableShape(
        table.table(),
        table.label(),
        table.key(),
        table.columns().stream()
            .map(c -> new ColumnShape(c.name(), c.type(), c.nullable()))
            .toList());
  }
}
