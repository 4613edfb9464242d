package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Writes;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.TableSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes what the diffs say, parents first, those together that foreign keys tie. */
final class Writing {
  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final TableSet set;
  private final Verification verification;

  Writing(Handle session, MergeSql sql, Catalog catalog, TableSet set, Verification verification) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
    this.set = set;
    this.verification = verification;
  }

  void write(List<TableDiff> diffs) {
    together(diffs).forEach(this::writeTogether);
  }

  /**
   * The tables whose changes are written together: those that reference each other in a circle.
   * Where rows are deleted or a value they are referenced by changes, all: a row may only go when
   * its last reference has gone, and a row that takes its place only comes after it.
   */
  private List<List<TableDiff>> together(List<TableDiff> diffs) {
    List<TableDiff> changed = diffs.stream().filter(TableDiff::hasChanges).toList();
    if (changed.stream().anyMatch(this::leavesReferences)) {
      return List.of(changed);
    }
    return set.groups().stream()
        .map(group -> changed.stream().filter(d -> group.contains(d.table())).toList())
        .filter(group -> !group.isEmpty())
        .toList();
  }

  private boolean leavesReferences(TableDiff one) {
    return one.plan().deleted() > 0
        || (one.plan().updated() > 0
            && catalog.referencing(one.table().id()).stream()
                .anyMatch(key -> OutsideReach.isChangeable(one.table(), key)));
  }

  private void writeTogether(List<TableDiff> group) {
    List<Writes> writes =
        group.stream()
            .map(
                d ->
                    new Writes(
                        d.work(),
                        d.plan().deleted() > 0,
                        d.plan().updated() > 0,
                        d.plan().created() > 0))
            .toList();
    List<Long> written = sql.apply(session, catalog, writes);
    int n = group.size();
    for (int i = 0; i < n; i++) {
      TableDiff one = group.get(i);
      refuseSwallowed(one, "deleted", one.plan().deleted(), written.get(i));
      refuseSwallowed(one, "updated", one.plan().updated(), written.get(n + i));
      refuseSwallowed(one, "created", one.plan().created(), written.get(2 * n + i));
    }
  }

  private void refuseSwallowed(TableDiff table, String what, long expected, long taken) {
    if (expected != taken) {
      throw verification.swallowed(table, what, expected, taken);
    }
  }
}
