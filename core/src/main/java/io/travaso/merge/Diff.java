package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.SyncTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes the difference between what is staged and what the target has, and puts it into words. */
final class Diff {
  private final Handle session;
  private final MergeSql sql;
  private final Staging staging;
  private final Deletes otherwise;
  private final Map<SyncTable, String> listed = new HashMap<>();
  private final Map<SyncTable, HeldBack> heldBack = new HashMap<>();
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

  /**
   * Rows of a table that both sides have alike are not staged.
   *
   * @param rows how many
   * @param onlyInTarget a temporary table with the keys of the rows that may be the target's alone,
   *     in columns {@code k0, k1, …}
   */
  record HeldBack(long rows, String onlyInTarget) {}

  void holdBack(SyncTable table, HeldBack held) {
    heldBack.put(table, held);
  }

  /** How many rows of a table are neither staged nor the target's alone. */
  long heldBack(SyncTable table) {
    return heldBackOf(table).map(HeldBack::rows).orElse(0L);
  }

  /** The rows of a table that are neither staged nor the target's alone, if any were held back. */
  Optional<HeldBack> heldBackOf(SyncTable table) {
    return Optional.ofNullable(heldBack.get(table));
  }

  /** Which rows of a table that are not staged are deleted. */
  Deletes deletes(SyncTable table) {
    String keys = listed.get(table);
    return keys == null ? ofThoseLeft(table, otherwise) : new Deletes.Listed(keys);
  }

  /** The rows that are not staged and not held back, where all that are not staged are meant. */
  Deletes ofThoseLeft(SyncTable table, Deletes meant) {
    HeldBack held = heldBack.get(table);
    return held == null || meant instanceof Deletes.None
        ? meant
        : new Deletes.Listed(held.onlyInTarget());
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
    long matched = staged - created + heldBack(table);
    long present = rows(table);
    long others = present - matched - deleted;
    refuseMoved(table, others);
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
            others,
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

  /** Rows that came or went since they were compared. */
  private void refuseMoved(SyncTable table, long others) {
    boolean appeared = otherwise instanceof Deletes.All && others > 0;
    if (heldBack.containsKey(table) && (others < 0 || appeared)) {
      throw SyncException.refused(
          "%s changed in the target while it was compared; nothing was written"
              .formatted(table.label()),
          "Run the command again.",
          List.of(table.label()));
    }
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
