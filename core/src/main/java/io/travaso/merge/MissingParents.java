package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Parent;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds rows to be written whose referenced row will not exist, so that it is said with the plan
 * and is not an error in the middle of the merge.
 */
final class MissingParents {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final Diff diff;

  MissingParents(Handle session, MergeSql sql, Catalog catalog, Diff diff) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
    this.diff = diff;
  }

  void find(List<TableDiff> diffs, List<String> problems) {
    for (TableDiff child : diffs) {
      if (child.plan().created() + child.plan().updated() > 0) {
        for (ForeignKey key : child.table().table().foreignKeys()) {
          if (isMerged(child.table(), key) && !isLookedUp(child.table(), key, diffs)) {
            session
                .createQuery(
                    sql.missingParents(
                        child.work(), key, parent(child.table(), key, diffs), LISTED))
                .mapTo(String.class)
                .forEach(row -> problems.add(problem(child, row, key)));
          }
        }
      }
    }
  }

  private static String problem(TableDiff child, String row, ForeignKey key) {
    return "%s %s: the row of %s it references by %s is not in the target"
        .formatted(child.plan().label(), row, key.target(), String.join(", ", key.columns()));
  }

  /** A key that the configuration gives is the target's, and no new row's provisional one. */
  private Parent parent(SyncTable child, ForeignKey key, List<TableDiff> diffs) {
    boolean given =
        child.fields().stream()
            .anyMatch(f -> !f.isCarried() && key.columns().contains(f.column().name()));
    Optional<TableDiff> merged =
        diffs.stream()
            .filter(d -> d.table().id().equals(key.target()))
            .filter(d -> !given || d.table().ownId() == null)
            .findFirst();
    return new Parent(
        catalog.get(key.target()),
        merged.isEmpty() || !(diff.deletes(merged.get().table()) instanceof Deletes.All),
        merged.isPresent() && merged.get().plan().deleted() > 0,
        merged.map(TableDiff::work).orElse(null));
  }

  /** A column that takes no part in the merge has what the target gives it. */
  private static boolean isMerged(SyncTable table, ForeignKey key) {
    return table.inserted().stream().map(Column::name).toList().containsAll(key.columns());
  }

  /**
   * A row outside the set that was looked up in the target exists there; one that the user named
   * may not, and one of the set may be about to go.
   */
  private static boolean isLookedUp(SyncTable table, ForeignKey key, List<TableDiff> diffs) {
    return diffs.stream().noneMatch(d -> d.table().id().equals(key.target()))
        && table.fields().stream()
            .filter(f -> key.columns().contains(f.column().name()))
            .map(Field::reference)
            .anyMatch(r -> r != null && !(r.missing() instanceof Reference.Use));
  }
}
