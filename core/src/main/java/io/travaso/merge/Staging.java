package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.Dialect;
import io.travaso.database.MergeSql;
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
  private final Map<SyncTable, String> names = new LinkedHashMap<>();
  private final Map<SyncTable, Long> rows = new LinkedHashMap<>();

  /** Rows outside the set that are referenced and missing in the target, and how often. */
  private final Map<String, Integer> missing = new TreeMap<>();

  Staging(Handle session, Dialect dialect, TableSet set) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.merge();
    this.set = set;
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
   * Ends staging: references are looked up.
   *
   * @param problems takes every row that can't be merged as it is
   */
  void complete(List<String> problems) {
    for (SyncTable table : set.tables()) {
      resolve(table);
      if (rows(table) > 0) {
        if (rows(table) > SMALL) {
          session.execute(sql.analyze(name(table)));
        }
        withoutKey(table, problems);
        duplicates(table, problems);
        missingReferences(table, problems);
      }
    }
    // What to do about them first, then the rows concerned.
    List<String> wanted = new ArrayList<>();
    missing.forEach(
        (row, times) ->
            wanted.add("the target has no %s, referenced %d times".formatted(row, times)));
    problems.addAll(0, wanted);
  }

  /** Refuses where a reference would now be looked up as another row than it was. */
  void refuseMovedReferences() {
    List<String> moved = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      for (Field field : table.fields()) {
        Reference reference = field.reference();
        if (reference != null && rows(table) > 0) {
          String query = sql.movedReferences(table, field, reference, name(table), LISTED);
          keys(query)
              .forEach(
                  key ->
                      moved.add(
                          "%s %s: %s is another row of %s now, or none"
                              .formatted(table.label(), key, field.name(), reference.target())));
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
    if (table.hasReferences()) {
      session.execute(sql.resolveReferences(table, loaded(table), name(table)));
      session.execute(sql.dropTemporary(loaded(table)));
    }
  }

  /** Not those whose key is a reference that is missing: they are listed with what is missing. */
  private void withoutKey(SyncTable table, List<String> problems) {
    boolean lookedUp =
        table.fields().stream()
            .anyMatch(f -> f.reference() != null && table.match().contains(f.column()));
    String query = sql.withoutKey(table, name(table));
    long count = lookedUp ? 0 : session.createQuery(query).mapTo(Long.class).one();
    if (count > 0) {
      problems.add("%s: %d rows have no key".formatted(table.label(), count));
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
      if (reference != null && refuses(field, reference)) {
        String query = sql.missingReferences(table, field, reference, name(table), LISTED);
        session
            .createQuery(query)
            .map((r, c) -> new String[] {r.getString(1), r.getString(2)})
            .forEach(
                row -> {
                  String wanted = "%s [%s]".formatted(reference.target(), row[1]);
                  missing.merge(wanted, 1, Integer::sum);
                  problems.add(
                      "%s %s: %s is %s".formatted(table.label(), row[0], field.name(), wanted));
                });
      }
    }
  }

  /** A link whose own key is missing can't be kept without it. */
  private static boolean refuses(Field field, Reference reference) {
    return reference.missing() instanceof Reference.Refuse || !field.column().nullable();
  }

  private List<String> keys(String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }

  /** The temporary table the rows are loaded into. */
  private String loaded(SyncTable table) {
    return table.hasReferences() ? name(table) + "_raw" : name(table);
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
