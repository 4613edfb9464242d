package io.travaso.merge;

import io.travaso.database.MergeSql;
import io.travaso.table.SyncTable;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Takes the difference between what is staged and what the target has, and puts it into words. */
final class Diff {
  private final Handle session;
  private final MergeSql sql;
  private final Staging staging;
  private final MergePolicy policy;
  private int taken;

  Diff(Handle session, MergeSql sql, Staging staging, MergePolicy policy) {
    this.session = session;
    this.sql = sql;
    this.staging = staging;
    this.policy = policy;
  }

  /** A table's diff: its temporary table and its counts. */
  record TableDiff(SyncTable table, String name, TablePlan plan) {}

  private record Kind(long count, String digest) {}

  TableDiff of(SyncTable table) {
    String name = "travaso_diff_" + taken++;
    boolean deletes = policy == MergePolicy.FULL_REPLACE;
    sql.diff(table, staging.name(table), name, deletes).forEach(session::execute);
    session.execute(sql.analyze(name));
    Map<String, Kind> kinds = new HashMap<>();
    session
        .createQuery(sql.diffSummary(table, name))
        .map((r, c) -> kinds.put(r.getString(1), new Kind(r.getLong(2), r.getString(3))))
        .list();
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
            digest);
    return new TableDiff(table, name, plan);
  }

  /** How many rows the target's table has now. */
  long rows(SyncTable table) {
    return session.createQuery(sql.count(table.id(), table.table())).mapTo(Long.class).one();
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
