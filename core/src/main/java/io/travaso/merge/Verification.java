package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Reads back what was written, before it is committed: every row is as it was staged, and no row
 * came or went besides.
 */
final class Verification {
  private static final int LISTED = 100;
  private static final String TRIGGERS =
      "A trigger of the target changes or swallows what is written (an \"updated at\", or RETURN"
          + " NULL). Look at the tables' triggers; a column they keep up to date can be left to"
          + " them: columns: {TABLE: {COLUMN: ignore}}, or keep-target where it has no default.";

  private final Handle session;
  private final MergeSql sql;
  private final Catalog catalog;
  private final TableSet set;
  private final Diff diff;
  private final Map<TableId, String> others = new TreeMap<>();

  Verification(Handle session, MergeSql sql, Catalog catalog, TableSet set, Diff diff) {
    this.session = session;
    this.sql = sql;
    this.catalog = catalog;
    this.set = set;
    this.diff = diff;
  }

  /** Before anything is written: remembers the rows that are not to be, where something may act. */
  void remember(List<TableDiff> diffs) {
    if (diffs.stream().anyMatch(this::mayActElsewhere)) {
      diffs.forEach(d -> others.put(d.table().id(), others(d)));
    }
  }

  private String others(TableDiff table) {
    return session.createQuery(sql.digestOfOthers(table.work())).mapTo(String.class).one();
  }

  /**
   * Looks at all that was written.
   *
   * @return how many rows each table has now
   */
  List<Long> require(List<TableDiff> written) {
    refuseUnequal(written);
    if (written.stream().anyMatch(this::mayActElsewhere)) {
      refuseSideEffects();
    }
    List<Long> rows = written.stream().map(d -> diff.rows(d.table())).toList();
    refuseOtherCounts(written, rows);
    if (!others.isEmpty()) {
      refuseChangesOfOthers(written);
    }
    return rows;
  }

  /** What the database took of a table's rows is less than there were: names them. */
  SyncException swallowed(TableDiff table, String what, long expected, long taken) {
    return new SyncException(
        Kind.FAILED,
        "Merging %s: of %d rows to be %s, the database took %d; nothing was written"
            .formatted(table.plan().label(), expected, what, taken),
        TRIGGERS,
        unequal(table));
  }

  private void refuseUnequal(List<TableDiff> written) {
    List<String> unequal =
        written.stream().filter(TableDiff::hasChanges).flatMap(d -> unequal(d).stream()).toList();
    if (!unequal.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "What was written reads back differently; nothing was kept",
          TRIGGERS,
          unequal);
    }
  }

  private List<String> unequal(TableDiff table) {
    return session
        .createQuery(sql.unequal(table.work(), LISTED))
        .mapTo(String.class)
        .map(key -> table.plan().label() + " " + key)
        .list();
  }

  private static void refuseOtherCounts(List<TableDiff> written, List<Long> rows) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      TablePlan plan = written.get(i).plan();
      long expected = plan.created() + plan.updated() + plan.unchanged() + plan.onlyInTarget();
      if (rows.get(i) != expected) {
        others.add("%s has %d rows instead of %d".formatted(plan.label(), rows.get(i), expected));
      }
    }
    if (!others.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "Rows came or went that the merge did not write; nothing was kept",
          "A trigger, or a foreign key with an action of its own, wrote more than it was told to."
              + " Look at the tables' triggers.",
          others);
    }
  }

  /** Whether writing to a table may have changed rows that are not in its diff. */
  private boolean mayActElsewhere(TableDiff table) {
    return table.hasChanges()
        && (table.table().table().has(Trait.TRIGGERS)
            || (sql.actsOnReferences()
                && table.plan().updated() + table.plan().deleted() > 0
                && catalog.referencing(table.table().id()).stream().anyMatch(key -> key.acts())));
  }

  /** Rows that only the target has are in no diff. */
  private void refuseChangesOfOthers(List<TableDiff> written) {
    List<String> changed =
        written.stream()
            .filter(d -> !others(d).equals(others.get(d.table().id())))
            .map(d -> d.plan().label())
            .toList();
    if (!changed.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "Writing some rows changed others that only the target has, in "
              + String.join(", ", changed)
              + "; nothing was kept",
          "A trigger, or a foreign key with an action of its own, wrote more than it was told to."
              + " Look at the tables' triggers; a column they keep up to date can be left to them:"
              + " columns: {TABLE: {COLUMN: ignore}}.",
          changed);
    }
  }

  private void refuseSideEffects() {
    List<TableDiff> left = diff.of(set.tables());
    List<String> changed =
        left.stream().filter(TableDiff::hasChanges).flatMap(d -> unequal(d).stream()).toList();
    diff.forget(left);
    if (!changed.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "Writing some rows changed others that were equal; nothing was kept",
          "A trigger, or a foreign key with an action of its own, wrote more than it was told to."
              + " Look at the tables' triggers.",
          changed);
    }
  }
}
