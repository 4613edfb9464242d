package io.travaso.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

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
    tables.forEach(t -> whole.put(t.id(), of(t, known, t.primaryKey(), c -> true)));
    return ordered(tables, whole);
  }

  /**
   * How rows of a table are known, and what of them is set.
   *
   * @param key the columns they are matched by
   * @param set the columns whose values rows that are there get; all others keep theirs
   */
  public record Parts(List<String> key, List<String> set) {

    public Parts {
      key = List.copyOf(key);
      set = List.copyOf(set);
    }
  }

  /** These tables, parents first, of which rows that are there get some columns only. */
  public static TableSet of(Map<Table, Parts> tables, TableSet known) {
    Map<TableId, SyncTable> whole = new TreeMap<>();
    tables.forEach(
        (table, parts) ->
            whole.put(
                table.id(), of(table, known, parts.key(), c -> parts.set().contains(c.name()))));
    return ordered(tables.keySet(), whole);
  }

  private static TableSet ordered(Collection<Table> tables, Map<TableId, SyncTable> whole) {
    return new TableSet(
        DependencyOrder.of(tables).stream()
            .map(group -> group.stream().map(whole::get).toList())
            .toList());
  }

  private static SyncTable of(
      Table table, TableSet known, List<String> keys, Predicate<Column> set) {
    String id = table.id().toString();
    String label = known.find(table.id()).map(SyncTable::label).orElse(id);
    List<Column> key = keys.stream().map(table::requiredColumn).toList();
    List<Field> fields =
        table.columns().stream()
            .filter(c -> !key.contains(c) && !c.generated())
            .map(c -> new Field(c.name(), c, null, null, rule(set.test(c))))
            .toList();
    return new SyncTable(table, label, id, key, fields, key);
  }

  private static ColumnRule rule(boolean set) {
    return set ? new ColumnRule.Carry() : new ColumnRule.KeepTarget(null);
  }
}
