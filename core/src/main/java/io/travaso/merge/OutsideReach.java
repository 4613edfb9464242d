package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Change;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The rows that reference rows of the set from outside: in other tables, or in columns that are not
 * written. Where such a row would go, or the value it is referenced by become another, the
 * referencing row would be lost, changed or left behind: nothing outside the set is ever touched.
 */
final class OutsideReach {
  private static final int LISTED = 100;

  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final TableSet set;

  OutsideReach(Handle session, MergeSql sql, Catalog catalog, TableSet set) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
    this.set = set;
  }

  /** Refuses changes that reach outside, with the rows concerned. */
  void refuse(List<TableDiff> diffs) {
    List<String> reached = new ArrayList<>();
    for (TableDiff one : diffs) {
      keys(one)
          .forEach(
              key -> {
                if (one.plan().deleted() > 0) {
                  find(one, Change.DELETED, key, "would be deleted", reached);
                }
                if (movesKeys(one, key)) {
                  find(one, Change.KEY_MOVED, key, "would get another key", reached);
                }
              });
    }
    if (!reached.isEmpty()) {
      throw SyncException.refused(
          "Rows of tables outside the set reference rows that would be deleted or get another key;"
              + " nothing was written",
          "Add these tables to the set. Without --full-replace no row is deleted.",
          reached);
    }
  }

  private void find(
      TableDiff one, Change change, ForeignKey key, String becomes, List<String> reached) {
    Table outside = catalog.get(key.table());
    session
        .createQuery(sql.referencedFromOutside(one.work(), change, key, outside, LISTED))
        .mapTo(String.class)
        .forEach(
            row ->
                reached.add(
                    "%s %s references a row of %s that %s"
                        .formatted(outside.id(), row, one.plan().label(), becomes)));
  }

  /**
   * The tables outside whose rows may not begin to reference what is changed now, because the
   * database would change them too. Where it would not, it refuses.
   */
  Set<TableId> tables(List<TablePlan> plans) {
    Set<TableId> tables = new TreeSet<>();
    for (int i = 0; i < plans.size(); i++) {
      if (plans.get(i).deleted() + plans.get(i).updated() > 0) {
        SyncTable table = set.tables().get(i);
        boolean deletes = plans.get(i).deleted() > 0;
        outside(table)
            .filter(key -> key.acts() && (deletes || isChangeable(table, key)))
            .forEach(key -> tables.add(key.table()));
      }
    }
    return tables;
  }

  private Stream<ForeignKey> keys(TableDiff one) {
    return outside(one.table());
  }

  /** Columns that the merge does not write are outside as well: the target's values stay. */
  private Stream<ForeignKey> outside(SyncTable table) {
    return catalog.referencing(table.id()).stream().filter(key -> !isWritten(key));
  }

  private boolean isWritten(ForeignKey key) {
    return set.find(key.table()).stream()
        .anyMatch(
            t ->
                key.columns().stream()
                    .map(t.table()::requiredColumn)
                    .allMatch(c -> t.inserted().contains(c) && !t.keepsTarget(c)));
  }

  private static boolean movesKeys(TableDiff one, ForeignKey key) {
    return one.plan().updated() > 0 && isChangeable(one.table(), key);
  }

  /** Whether an update of a row can change what it is referenced by. */
  static boolean isChangeable(SyncTable table, ForeignKey key) {
    return table.written().stream()
        .filter(c -> key.targetColumns().contains(c.name()))
        .anyMatch(c -> !(table.match().contains(c) && c.exactEquality()));
  }
}
