package io.travaso.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables as they stand, every written column by its own value and rows matched by primary key: what
 * a backup holds.
 */
public final class WholeTables {
  private WholeTables() {}

  /**
   * These tables, parents first. Each has a primary key.
   *
   * @param known where names for people are taken from
   */
  public static TableSet of(Collection<Table> tables, TableSet known) {
    Map<TableId, SyncTable> whole = new TreeMap<>();
    tables.forEach(t -> whole.put(t.id(), of(t, known)));
    return new TableSet(
        DependencyOrder.of(tables).stream()
            .map(group -> group.stream().map(whole::get).toList())
            .toList());
  }

  private static SyncTable of(Table table, TableSet known) {
    String id = table.id().toString();
    String label = known.find(table.id()).map(SyncTable::label).orElse(id);
    List<Column> key = table.primaryKey().stream().map(table::requiredColumn).toList();
    List<Field> fields =
        table.columns().stream()
            .filter(c -> !key.contains(c) && !c.generated())
            .map(c -> new Field(c.name(), c, null))
            .toList();
    return new SyncTable(table, label, id, key, fields, key);
  }
}
