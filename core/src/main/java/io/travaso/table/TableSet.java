package io.travaso.table;

import java.util.List;
import java.util.Optional;

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

  public Optional<SyncTable> find(TableId id) {
    return tables().stream().filter(t -> t.id().equals(id)).findFirst();
  }

  public boolean contains(TableId id) {
    return find(id).isPresent();
  }
}
