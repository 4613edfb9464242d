package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.UniqueKey;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds rows to be written whose unique value a row of the target's own holds and keeps, so that it
 * is said with the plan. Values that move between rows of the merge are the database's to judge.
 */
final class UniqueClashes {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;

  UniqueClashes(Handle session, MergeSql sql) {
    this.session = session;
    this.sql = sql;
  }

  void find(List<TableDiff> diffs, List<String> problems) {
    for (TableDiff one : diffs) {
      if (one.plan().created() + one.plan().updated() > 0) {
        SyncTable table = one.table();
        for (UniqueKey key : table.table().uniqueKeys()) {
          List<Column> columns = columns(table.table(), key);
          if (table.written().containsAll(columns) && !table.match().equals(columns)) {
            find(one, key, columns, problems);
          }
        }
      }
    }
  }

  private void find(TableDiff one, UniqueKey key, List<Column> columns, List<String> problems) {
    session
        .createQuery(sql.uniqueClashes(one.work(), columns, LISTED))
        .map((r, c) -> new String[] {r.getString(1), r.getString(2)})
        .forEach(
            row ->
                problems.add(
                    "%s %s: row %s of the target holds the same %s (%s)"
                        .formatted(
                            one.plan().label(),
                            row[0],
                            row[1],
                            String.join(", ", key.columns()),
                            key.name())));
  }

  private static List<Column> columns(Table table, UniqueKey key) {
    return key.columns().stream().map(table::requiredColumn).toList();
  }
}
