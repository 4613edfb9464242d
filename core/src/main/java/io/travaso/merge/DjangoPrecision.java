package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import io.travaso.table.ValueKind;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives staged rows back what Django's serializer cut: where it would write the target's value as
 * the staged one, the target's value is staged. So a row that differs in nothing else is unchanged,
 * and one that does keeps its microseconds.
 */
final class DjangoPrecision {
  private final Handle session;
  private final MergeSql sql;
  private final Staging staging;

  DjangoPrecision(Handle session, MergeSql sql, Staging staging) {
    this.session = session;
    this.sql = sql;
    this.staging = staging;
  }

  /**
   * Looks at all rows staged.
   *
   * @param problems takes the tables whose rows can't be recognised by what is cut
   */
  void restore(TableSet set, List<String> problems) {
    for (SyncTable table : set.tables()) {
      if (staging.rows(table) > 0) {
        cutKey(table)
            .ifPresent(
                column ->
                    problems.add(
                        "%s: rows are recognised by %s, a time, which fixtures without a manifest cut to milliseconds"
                            .formatted(table.label(), column.name())));
        sql.restoreCut(table, staging.name(table)).ifPresent(session::execute);
      }
    }
  }

  private static Optional<Column> cutKey(SyncTable table) {
    return table.match().stream()
        .filter(c -> c.kind() == ValueKind.TIMESTAMP || c.type().startsWith("time "))
        .findFirst();
  }
}
