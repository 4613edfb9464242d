package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds rows to be written that a NOT NULL or CHECK constraint of the target refuses, so that all
 * of them are said with the plan, and not the first of them in the middle of the merge.
 */
final class RefusedRows {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;

  RefusedRows(Handle session, MergeSql sql) {
    this.session = session;
    this.sql = sql;
  }

  void find(List<TableDiff> diffs, List<String> problems) {
    for (TableDiff one : diffs) {
      if (one.plan().created() + one.plan().updated() > 0) {
        sql.refusedRows(one.work(), LISTED).ifPresent(query -> find(one, query, problems));
      }
    }
  }

  private void find(TableDiff one, String query, List<String> problems) {
    session
        .createQuery(query)
        .map((r, c) -> "%s %s: %s".formatted(one.plan().label(), r.getString(1), r.getString(2)))
        .forEach(problems::add);
  }
}
