package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.SyncTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Takes the difference between what is staged and what the target has, and puts it into words. */
final class Diff {
  private final Handle session;
  private final MergeSql sql;
  private final Staging staging;
  private final Deletes otherwise;
  private final Map<SyncTable, String> listed = new HashMap<>();
  private int taken;

  Diff(Handle session, MergeSql sql, Staging staging, MergePolicy policy) {
    this.session = session;
    this.sql = sql;
    this.staging = staging;
    this.otherwise = policy == MergePolicy.FULL_REPLACE ? new Deletes.All() : new Deletes.None();
  }

  /**
   * Of a table only rows that are listed are deleted from now on.
   *
   * @param keys a temporary table with their keys, in columns {@code k0, k1, …}
   */
  void deleteListed(SyncTable table, String keys) {
    listed.put(table, keys);
  }

  /** Which rows of a table that are not staged are deleted. */
  Deletes deletes(SyncTable table) {
    String keys = listed.get(table);
    return keys == null ? otherwise : new Deletes.Listed(keys);
  }

  /** A table's diff: its temporary table and its counts. */
  record TableDiff(Work work, TablePlan plan) {

    SyncTable table() {
      return work.table();
    }

    boolean hasChanges() {
      return plan.changes() > 0;
    }
  }

  private record Kind(long count, String digest) {}

  /** Of each table in turn. */
  List<TableDiff> of(List<SyncTable> tables) {
    return tables.stream().map(this::of).toList();
  }

  TableDiff of(SyncTable table) {
    Work work = new Work(table, staging.name(table), "travaso_diff_" + taken++);
    sql.diff(work, deletes(table)).forEach(session::execute);
    return summary(work);
  }

  /** The same diff when rows were taken out of it, and those that are listed are to be deleted. */
  TableDiff adjusted(TableDiff one) {
    if (deletes(one.table()) instanceof Deletes.Listed listed) {
      session.execute(sql.deleted(one.work(), listed));
    }
    return summary(one.work());
  }

  private TableDiff summary(Work work) {
    SyncTable table = work.table();
    Map<String, Kind> kinds = new HashMap<>();
    session
        .createQuery(sql.diffSummary(work))
        .map((r, c) -> kinds.put(r.getString(1), new Kind(r.getLong(2), r.getString(3))))
        .list();
    if (kinds.values().stream().anyMatch(kind -> kind.count() > Staging.SMALL)) {
      session.execute(sql.analyze(work.diff()));
    }
    long created = count(kinds, "c");
    long updated = count(kinds, "u");
    long deleted = count(kinds, "d");
    long staged = staging.rows(table);
    long matched = staged - created;
    long present = rows(table);
    String digest = digest(kinds, "c") + "/" + digest(kinds, "u") + "/" + digest(kinds, "d");
    TablePlan plan =
        new TablePlan(
            table.id().toString(),
            table.label(),
            table.model(),
            created,
            updated,
            deleted,
            matched - updated,
            present - matched - deleted,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            digest);
    return new TableDiff(work, plan);
  }

  /** Drops the temporary tables of diffs that are not needed any more. */
  void forget(List<TableDiff> diffs) {
    diffs.forEach(d -> session.execute(sql.dropTemporary(d.work().diff())));
  }

  /** How many rows the target's table has now. */
  long rows(SyncTable table) {
    return session.createQuery(sql.count(table.table())).mapTo(Long.class).one();
  }

  private static long count(Map<String, Kind> kinds, String kind) {
    Kind found = kinds.get(kind);
    return found == null ? 0 : found.count();
  }

  private static String digest(Map<String, Kind> kinds, String kind) {
    Kind found = kinds.get(kind);
    return found == null ? "0" : found.digest();
  }
}
