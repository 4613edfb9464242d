package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Moves the sequences behind columns forward to what the columns hold. A sequence is outside of
 * transactions: moved forward it stays so after a rollback, which leaves a harmless gap.
 */
final class Sequences {
  private final Handle session;
  private final MergeSql sql;

  Sequences(Handle session, MergeSql sql) {
    this.session = session;
    this.sql = sql;
  }

  /** Before the merge: new rows whose key the target gives itself draw it from a sequence. */
  void readyForOwnKeys(List<TableDiff> diffs) {
    for (TableDiff one : diffs) {
      SyncTable table = one.table();
      if (one.plan().created() > 0) {
        table.table().primaryKey().stream()
            .map(table.table()::requiredColumn)
            .filter(c -> !table.written().contains(c))
            .forEach(c -> advance(table, c));
      }
    }
  }

  /** After the merge: the application's next row must find a free number. */
  void follow(List<TableDiff> diffs) {
    for (TableDiff one : diffs) {
      if (one.plan().created() + one.plan().updated() > 0) {
        one.table().written().forEach(c -> advance(one.table(), c));
      }
    }
  }

  private void advance(SyncTable table, Column column) {
    TableId sequence = column.sequence();
    if (sequence != null) {
      sql.advanceSequence(session, table.table(), column, sequence);
    }
  }
}
