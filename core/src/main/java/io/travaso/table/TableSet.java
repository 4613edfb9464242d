package io.travaso.table;

import io.travaso.NearestName;
import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tables that are synced.
 *
 * @param groups in dependency order, parents first; tables that reference each other in a circle
 *     stand in one group
 */
public record TableSet(List<List<SyncTable>> groups) {

  public TableSet {
    groups = groups.stream().map(List::copyOf).toList();
  }

  /** All tables, parents before children. */
  public List<SyncTable> tables() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /**
   * The tables of these names, and the many-to-many links of these models.
   *
   * @throws SyncException if a name is none of the set's
   */
  public TableSet select(List<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    Set<TableId> selected = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      List<TableId> found =
          tables().stream().filter(t -> isCalled(t, name)).map(SyncTable::id).toList();
      selected.addAll(found);
      if (found.isEmpty()) {
        unknown.add(name + nearest(name));
      }
    }
    if (!unknown.isEmpty()) {
      throw SyncException.configuration(
          "Not among the tables of the set: " + String.join(", ", unknown),
          "The set is what `tables` in the configuration lists.");
    }
    Predicate<SyncTable> chosen =
        t ->
            selected.contains(t.id())
                || JoinTable.of(t.table())
                    .flatMap(JoinTable::owner)
                    .filter(selected::contains)
                    .isPresent();
    return new TableSet(
        groups.stream()
            .map(group -> group.stream().filter(chosen).toList())
            .filter(group -> !group.isEmpty())
            .toList());
  }

  private static boolean isCalled(SyncTable table, String name) {
    return table.label().equalsIgnoreCase(name)
        || table.id().toString().equals(name)
        || table.id().name().equals(name);
  }

  private String nearest(String name) {
    return NearestName.of(name, tables().stream().map(SyncTable::label).toList())
        .map(n -> " (the nearest is " + n + ")")
        .orElse("");
  }

  /** The same without some columns of some tables, none of which rows are recognised by. */
  public TableSet without(Map<TableId, Set<String>> columns) {
    return new TableSet(
        groups.stream()
            .map(
                group ->
                    group.stream()
                        .map(t -> t.without(columns.getOrDefault(t.id(), Set.of())))
                        .toList())
            .toList());
  }

  public Optional<SyncTable> find(TableId id) {
    return tables().stream().filter(t -> t.id().equals(id)).findFirst();
  }

  public boolean contains(TableId id) {
    return find(id).isPresent();
  }

  /** The join tables whose rows stand as lists in the records of another table of the set. */
  public Set<TableId> linkTables() {
    Set<TableId> tables = new HashSet<>();
    tables().forEach(t -> t.links().forEach(l -> tables.add(l.table().id())));
    return tables;
  }
}
