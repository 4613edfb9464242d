package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the set that stay as they are and reference one that a list says to delete. Where all
 * that is not staged goes there are none: what would reference it is staged, and refused itself.
 */
final class KeptReferences {
  private static final int LISTED = 100;

  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final Diff diff;

  KeptReferences(Handle session, MergeSql sql, Catalog catalog, Diff diff) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
    this.diff = diff;
  }

  /** Refuses to delete what is still referenced, with the rows that do. */
  void refuse(List<TableDiff> diffs) {
    List<String> kept = new ArrayList<>();
    for (TableDiff deleted : diffs) {
      if (deleted.plan().deleted() > 0 && diff.deletes(deleted.table()) instanceof Deletes.Listed) {
        for (ForeignKey key : catalog.referencing(deleted.table().id())) {
          diffs.stream()
              .filter(child -> child.table().id().equals(key.table()))
              .forEach(child -> find(deleted, key, child, kept));
        }
      }
    }
    if (!kept.isEmpty()) {
      throw SyncException.refused(
          "Rows that stay reference rows that would be deleted; nothing was written",
          "Delete or change them first, or keep what they reference.",
          kept);
    }
  }

  private void find(TableDiff deleted, ForeignKey key, TableDiff child, List<String> kept) {
    session
        .createQuery(sql.referencedFromKept(deleted.work(), key, child.work(), LISTED))
        .mapTo(String.class)
        .forEach(
            row ->
                kept.add(
                    "%s %s references a row of %s that would be deleted"
                        .formatted(child.plan().label(), row, deleted.plan().label())));
  }
}
