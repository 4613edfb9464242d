package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds rows to be written that can't stand beside another, of the target's own or of the merge, so
 * that it is said with the plan; and those that only have to change places.
 */
final class UniqueValues {
  private static final int LISTED = 1000;

  /** Up to so many rows are compared each with each, where no equality sorts them. */
  private static final int EACH_WITH_EACH = 5000;

  private final Handle session;
  private final MergeSql sql;
  private final Exchanges exchanges;

  UniqueValues(Handle session, MergeSql sql, Exchanges exchanges) {
    this.session = session;
    this.sql = sql;
    this.exchanges = exchanges;
  }

  void find(List<TableDiff> diffs, List<String> problems) {
    for (TableDiff one : diffs) {
      if (one.plan().created() + one.plan().updated() > 0) {
        for (Exclusion exclusion : one.table().table().constraints().exclusions()) {
          if (!isTheMatch(one.table(), exclusion) && sql.mayConflict(one.work(), exclusion)) {
            find(one, exclusion, problems);
          }
        }
      }
    }
  }

  /** Rows are told apart by it; there are no two. */
  private static boolean isTheMatch(SyncTable table, Exclusion exclusion) {
    Set<String> match = new HashSet<>();
    table.match().stream().map(Column::name).forEach(match::add);
    return exclusion.isPlain() && exclusion.columns().equals(match);
  }

  private void find(TableDiff one, Exclusion exclusion, List<String> problems) {
    int before = problems.size();
    conflicts(
        sql.conflictsWithKept(one.work(), exclusion, LISTED),
        "of the target",
        one,
        exclusion,
        problems);
    long written = one.plan().created() + one.plan().updated();
    if (exclusion.unique() || written <= EACH_WITH_EACH) {
      boolean most = written > one.plan().unchanged();
      conflicts(
          sql.conflictsAmongWritten(one.work(), exclusion, most, LISTED),
          "of the same merge",
          one,
          exclusion,
          problems);
    }
    if (problems.size() == before) {
      exchanges.find(one, exclusion, problems);
    }
  }

  private void conflicts(
      String query, String whose, TableDiff one, Exclusion exclusion, List<String> problems) {
    session
        .createQuery(query)
        .map(
            (r, c) ->
                "%s %s: row %s %s %s (%s)"
                    .formatted(
                        one.plan().label(),
                        r.getString(1),
                        r.getString(2),
                        whose,
                        does(exclusion),
                        exclusion.name()))
        .forEach(problems::add);
  }

  private static String does(Exclusion exclusion) {
    return exclusion.isPlain() ? "holds the same " + what(exclusion) : "stands in its way";
  }

  /** The columns of a plain key, in its order. */
  static String what(Exclusion exclusion) {
    return exclusion.isPlain()
        ? exclusion.elements().stream()
            .map(e -> Objects.requireNonNull(e.column()))
            .collect(Collectors.joining(", "))
        : "place";
  }
}
