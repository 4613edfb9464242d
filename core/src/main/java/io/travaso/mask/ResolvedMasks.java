package io.travaso.mask;

import io.travaso.Finding;
import io.travaso.table.Column;
import io.travaso.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The masks that a configuration asks for, as the catalog has the columns.
 *
 * @param columns by table and column; those that keep their values are not here
 * @param kept columns of which somebody said that they keep their values
 * @param findings what is wrong with them
 */
public record ResolvedMasks(
    Map<TableId, Map<String, ColumnMask>> columns,
    Map<TableId, List<String>> kept,
    List<Finding> findings) {

  public ResolvedMasks {
    columns = new TreeMap<>(columns);
    kept = new TreeMap<>(kept);
    findings = List.copyOf(findings);
  }

  /** The masks of a table's columns, by column. */
  public Map<String, ColumnMask> of(TableId table) {
    return columns.getOrDefault(table, Map.of());
  }

  public Optional<ColumnMask> of(TableId table, Column column) {
    return Optional.ofNullable(of(table).get(column.name()));
  }

  public List<ColumnMask> all() {
    return columns.values().stream().flatMap(t -> t.values().stream()).toList();
  }
}
