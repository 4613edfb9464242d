package io.travaso.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Orders tables so that what is referenced comes first. Tables that reference each other in a
 * circle form one group (Tarjan's strongly connected components). The order depends on names and
 * keys only.
 */
public final class DependencyOrder {
  private final Map<TableId, Set<TableId>> parents = new TreeMap<>();
  private final Map<TableId, Integer> index = new HashMap<>();
  private final Map<TableId, Integer> low = new HashMap<>();
  private final Deque<TableId> path = new ArrayDeque<>();
  private final Set<TableId> onPath = new HashSet<>();
  private final List<List<TableId>> groups = new ArrayList<>();

  private DependencyOrder(Collection<Table> tables) {
    Set<TableId> given = new HashSet<>();
    tables.forEach(t -> given.add(t.id()));
    for (Table table : tables) {
      Set<TableId> referenced = new TreeSet<>();
      table.foreignKeys().forEach(fk -> referenced.add(fk.target()));
      referenced.retainAll(given);
      parents.put(table.id(), referenced);
    }
  }

  /** The tables in groups, parents first. References to tables that are not given are ignored. */
  public static List<List<TableId>> of(Collection<Table> tables) {
    DependencyOrder order = new DependencyOrder(tables);
    for (TableId table : order.parents.keySet()) {
      if (!order.index.containsKey(table)) {
        order.visit(table);
      }
    }
    return order.groups;
  }

  private void visit(TableId table) {
    int number = index.size();
    index.put(table, number);
    low.put(table, number);
    path.push(table);
    onPath.add(table);
    for (TableId parent : parents.getOrDefault(table, Set.of())) {
      if (!index.containsKey(parent)) {
        visit(parent);
        low.merge(table, low.getOrDefault(parent, number), Math::min);
      } else if (onPath.contains(parent)) {
        low.merge(table, index.getOrDefault(parent, number), Math::min);
      }
    }
    if (low.getOrDefault(table, -1) == number) {
      groups.add(popGroup(table));
    }
  }

  private List<TableId> popGroup(TableId root) {
    List<TableId> group = new ArrayList<>();
    TableId member;
    do {
      member = path.pop();
      onPath.remove(member);
      group.add(member);
    } while (!member.equals(root));
    group.sort(null);
    return group;
  }
}
