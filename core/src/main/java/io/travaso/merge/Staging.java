package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.Dialect;
import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.ColumnRule;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The rows to merge, in temporary tables beside the target's own. */
public final class Staging {
  /** Up to so many rows no plan of the database's is a bad one; beyond, it must know how many. */
  static final int SMALL = 500;

  /** How many rows a refusal lists of each table. */
  private static final int LISTED = 1000;

  private final Handle session;
  private final Dialect dialect;
  private final MergeSql sql;
  private final TableSet set;
  private final StagedLinks links;
  private final OwnIds ids;
  private final Map<SyncTable, String> names = new LinkedHashMap<>();
  private final Map<SyncTable, Long> rows = new LinkedHashMap<>();

  private final List<Unanswered> unanswered = new ArrayList<>();

  /** Rows outside the set that are referenced and missing in the target, and how often. */
  private final Map<String, Integer> missing = new TreeMap<>();

  Staging(Handle session, Dialect dialect, TableSet set, String environment) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.merge();
    this.set = set;
    this.links = new StagedLinks(session, sql, set, this);
    this.ids = new OwnIds(session, sql, set, this, environment);
    for (SyncTable table : set.tables()) {
      String name = "travaso_staged_" + names.size();
      names.put(table, name);
      rows.put(table, 0L);
      session.execute(sql.createStaging(table, loaded(table)));
    }
  }

  /** Begins to take rows of a table; more than one load a table is allowed, one at a time. */
  public BulkLoad load(SyncTable table) {
    return load(table, table.slots().stream().map(Slot::name).toList());
  }

  /** Begins to take rows of a table whose values come in another order. */
  public BulkLoad load(SyncTable table, List<String> columns) {
    return new CountedLoad(
        dialect.bulk().load(session, table, loaded(table), columns),
        count -> rows.merge(table, count, Long::sum));
  }

  /**
   * Ends staging: lists of links become rows, references are looked up, rules of columns applied.
   *
   * @param problems takes every row that can't be merged as it is
   * @throws SyncException if rows can't be told apart, so that nothing more can be said
   */
  void complete(List<String> problems) {
    links.expand();
    ids.find();
    refuseAmbiguous();
    set.tables().forEach(this::resolve);
    for (SyncTable table : set.tables()) {
      if (rows(table) > 0) {
        if (rows(table) > SMALL) {
          session.execute(sql.analyze(name(table)));
        }
        withoutKey(table, problems);
        duplicates(table, problems);
        missingReferences(table, problems);
        countUnanswered(table);
        tooLong(table, problems);
      }
    }
    // What to do about them first, then the rows concerned.
    List<String> wanted = new ArrayList<>();
    missing.forEach(
        (row, times) ->
            wanted.add("the target has no %s, referenced %d times".formatted(row, times)));
    problems.addAll(0, wanted);
  }

  /** A reference to one of several rows that look the same is to nobody. */
  private void refuseAmbiguous() {
    List<String> ambiguous = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      for (Field field : table.fields()) {
        Reference reference = field.reference();
        if (reference != null && rows(table) > 0 && !reference.naturalKey().isGuaranteed()) {
          keys(sql.ambiguousReferences(table, field, loaded(table), LISTED))
              .forEach(
                  key ->
                      ambiguous.add(
                          "%s [%s] stands more than once in the target, referenced by %s.%s"
                              .formatted(reference.target(), key, table.label(), field.name())));
        }
      }
    }
    if (!ambiguous.isEmpty()) {
      throw SyncException.refused(
          "Rows are referenced that can't be told apart in the target; nothing was written",
          "Name more columns in their match, or correct the rows.",
          ambiguous);
    }
  }

  /** Refuses where a reference would now be looked up as another row than it was. */
  void refuseMovedReferences() {
    List<String> moved = new ArrayList<>(ids.moved());
    for (SyncTable table : set.tables()) {
      for (Field field : table.fields()) {
        boolean lookedUp = field.reference() != null || field.generic() != null;
        if (lookedUp && rows(table) > 0) {
          String query = sql.movedReferences(table, field, name(table), ids.lookups(), LISTED);
          keys(query)
              .forEach(
                  key ->
                      moved.add(
                          "%s %s: %s is another row now, or none"
                              .formatted(table.label(), key, field.name())));
        }
      }
    }
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "Rows the merge references changed in the target since the plan was made; nothing was"
              + " written",
          "Run the command again and look at the new plan.",
          moved);
    }
  }

  private void resolve(SyncTable table) {
    if (table.isResolved()) {
      sql.resolve(table, loaded(table), name(table), ids.lookups()).forEach(session::execute);
      session.execute(sql.dropTemporary(loaded(table)));
    }
  }

  private void withoutKey(SyncTable table, List<String> problems) {
    long count = session.createQuery(sql.withoutKey(table, name(table))).mapTo(Long.class).one();
    if (count > 0) {
      problems.add("%s: %d rows have no key".formatted(table.label(), count));
    }
  }

  private void tooLong(SyncTable table, List<String> problems) {
    for (Field field : table.fields()) {
      if (field.rule() instanceof ColumnRule.Rewrite) {
        keys(sql.tooLong(table, field, name(table), LISTED))
            .forEach(
                key ->
                    problems.add(
                        "%s %s: %s is too long for its column when its beginning is rewritten"
                            .formatted(table.label(), key, field.name())));
      }
    }
  }

  private void duplicates(SyncTable table, List<String> problems) {
    for (String key : keys(sql.duplicates(table, name(table), LISTED))) {
      problems.add(table.label() + " " + key + " stands more than once");
    }
  }

  private void missingReferences(SyncTable table, List<String> problems) {
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (field.generic() != null || (reference != null && refuses(field, reference))) {
        session
            .createQuery(sql.missingReferences(table, field, name(table), LISTED))
            .map((r, c) -> new String[] {r.getString(1), r.getString(2)})
            .forEach(
                row -> {
                  String wanted =
                      reference == null ? row[1] : "%s [%s]".formatted(reference.target(), row[1]);
                  missing.merge(wanted, 1, Integer::sum);
                  problems.add(
                      "%s %s: %s is %s".formatted(table.label(), row[0], field.name(), wanted));
                });
      }
    }
  }

  /** What the configuration decides about is told, not refused. */
  private void countUnanswered(SyncTable table) {
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null && !refuses(field, reference)) {
        String query = sql.unanswered(table, field, name(table), ids.lookups());
        long count = session.createQuery(query).mapTo(Long.class).one();
        if (count > 0) {
          String becomes = reference.missing() instanceof Reference.Use use ? use.id() : null;
          unanswered.add(new Unanswered(table.label(), field.name(), count, becomes));
        }
      }
    }
  }

  /** References that become NULL or another key. */
  List<Unanswered> unanswered() {
    return unanswered;
  }

  /** A link whose own key is missing can't be kept without it. */
  private static boolean refuses(Field field, Reference reference) {
    return reference.missing() instanceof Reference.Refuse || !field.column().nullable();
  }

  /** The new rows get their ids, in the place of provisional ones. */
  void drawIds(List<TableDiff> diffs) {
    ids.draw(diffs);
  }

  private List<String> keys(String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }

  /** The rows of a table were loaded by a statement of ours. */
  void loaded(SyncTable table, long count) {
    rows.merge(table, count, Long::sum);
  }

  /** Rows of a table were taken out again. */
  void removed(SyncTable table, long count) {
    rows.merge(table, -count, Long::sum);
  }

  /** The temporary table the rows are loaded into. */
  String loaded(SyncTable table) {
    return table.isResolved() ? name(table) + "_raw" : name(table);
  }

  /** The temporary table of a table's staged rows, references looked up. */
  String name(SyncTable table) {
    String name = names.get(table);
    if (name == null) {
      throw new IllegalArgumentException(table.id() + " is not staged");
    }
    return name;
  }

  /** How many rows are staged. */
  long rows(SyncTable table) {
    return rows.getOrDefault(table, 0L);
  }
}
