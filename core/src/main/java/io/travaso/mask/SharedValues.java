package io.travaso.mask;

import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Content;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Columns that must have the same values, since foreign keys lead from one to the other; most stand
 * alone.
 *
 * @param keys those of them whose values have to differ from row to row, or are referenced
 * @param referenced those that are referenced
 */
record SharedValues(Map<ColumnId, Column> columns, Set<ColumnId> keys, Set<ColumnId> referenced) {

  SharedValues {
    columns = new TreeMap<>(columns);
    keys = new TreeSet<>(keys);
    referenced = new TreeSet<>(referenced);
  }

  /** Whether others have their values from a column. */
  boolean isReferenced(ColumnId column) {
    return referenced.contains(column);
  }

  boolean unique() {
    return !keys.isEmpty();
  }

  /** Whether different values of a column have to stay different. */
  boolean isKey(ColumnId column) {
    return keys.contains(column);
  }

  /** How many characters the narrowest of them has room for. */
  int room() {
    return columns.values().stream()
        .mapToInt(TextColumns::room)
        .filter(room -> room != Content.ANY)
        .min()
        .orElse(Content.ANY);
  }

  /** All columns of a database. */
  static List<SharedValues> of(Catalog catalog) {
    Map<ColumnId, ColumnId> nearer = new TreeMap<>();
    Set<ColumnId> keys = new TreeSet<>();
    Set<ColumnId> referenced = new TreeSet<>();
    for (Table table : catalog.all()) {
      keys.addAll(keys(table));
      for (ForeignKey key : table.foreignKeys()) {
        for (int i = 0; i < key.columns().size(); i++) {
          ColumnId from = new ColumnId(key.table(), key.columns().get(i));
          ColumnId to = new ColumnId(key.target(), key.targetColumns().get(i));
          keys.add(to);
          referenced.add(to);
          ColumnId one = root(nearer, from);
          ColumnId other = root(nearer, to);
          if (!one.equals(other)) {
            nearer.put(one, other);
          }
        }
      }
    }
    Map<ColumnId, Map<ColumnId, Column>> groups = new TreeMap<>();
    for (Table table : catalog.all()) {
      for (Column column : table.columns()) {
        ColumnId id = new ColumnId(table.id(), column.name());
        groups.computeIfAbsent(root(nearer, id), r -> new TreeMap<>()).put(id, column);
      }
    }
    List<SharedValues> shared = new ArrayList<>();
    for (Map<ColumnId, Column> group : groups.values()) {
      shared.add(
          new SharedValues(group, among(group.keySet(), keys), among(group.keySet(), referenced)));
    }
    return shared;
  }

  private static Set<ColumnId> among(Set<ColumnId> some, Set<ColumnId> chosen) {
    Set<ColumnId> among = new TreeSet<>(some);
    among.retainAll(chosen);
    return among;
  }

  private static ColumnId root(Map<ColumnId, ColumnId> nearer, ColumnId column) {
    ColumnId at = column;
    for (ColumnId next = nearer.get(at); next != null; next = nearer.get(at)) {
      at = next;
    }
    return at;
  }

  /** The columns of which some constraint or index wants different values. */
  private static List<ColumnId> keys(Table table) {
    Set<String> names = new TreeSet<>(table.primaryKey());
    table.uniqueKeys().forEach(k -> names.addAll(k.columns()));
    table.constraints().exclusions().forEach(e -> names.addAll(e.columns()));
    return names.stream().map(name -> new ColumnId(table.id(), name)).toList();
  }
}
