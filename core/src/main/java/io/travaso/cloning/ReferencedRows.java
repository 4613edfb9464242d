package io.travaso.cloning;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.Dialect;
import io.travaso.database.MergeSql;
import io.travaso.table.ColumnRule;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Loads rows that reference rows of the other side: into a temporary table first, where each
 * reference is looked up among the rows that are there, all at once.
 */
final class ReferencedRows {
  private static final String RAW = "travaso_clone_raw";
  private static final String STAGED = "travaso_clone";
  private static final int LISTED = 1000;

  private final Handle session;
  private final Dialect dialect;
  private final MergeSql sql;
  private final String environment;
  private final List<String> notes;

  ReferencedRows(Handle session, Dialect dialect, String environment, List<String> notes) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.merge();
    this.environment = environment;
    this.notes = notes;
  }

  /** Begins to take rows, their values in the order of the table's slots. */
  BulkLoad load(SyncTable table) {
    session.execute(sql.createStaging(table, RAW));
    return dialect
        .bulk()
        .load(session, table, RAW, table.slots().stream().map(Slot::name).toList());
  }

  /**
   * Puts the rows that were taken into their table.
   *
   * @param hint what to do where a referenced row is not there
   */
  void finish(SyncTable table, String hint) {
    session.execute(sql.analyze(RAW));
    refuseAmbiguous(table);
    sql.resolve(table, RAW, STAGED, new MergeSql.Lookups(Map.of(), environment))
        .forEach(session::execute);
    session.execute(sql.dropTemporary(RAW));
    refuseMissing(table, hint);
    noteUnanswered(table);
    refuseTooLong(table);
    session.execute(dialect.cloning().insertStaged(table, STAGED));
    session.execute(sql.dropTemporary(STAGED));
  }

  private void refuseAmbiguous(SyncTable table) {
    List<String> ambiguous = new ArrayList<>();
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null && !reference.naturalKey().isGuaranteed()) {
        strings(sql.ambiguousReferences(table, field, RAW, LISTED))
            .forEach(
                key ->
                    ambiguous.add(
                        "%s [%s] stands more than once, referenced by %s.%s"
                            .formatted(reference.target(), key, table.label(), field.name())));
      }
    }
    refuse(
        ambiguous,
        "Rows are referenced that can't be told apart",
        "Name more columns in their match, or correct the rows.");
  }

  private void refuseMissing(SyncTable table, String hint) {
    List<String> rows = new ArrayList<>();
    Map<String, Integer> missing = new TreeMap<>();
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (field.generic() != null || (reference != null && refuses(field, reference))) {
        session
            .createQuery(sql.missingReferences(table, field, STAGED, LISTED))
            .map((r, c) -> List.of(r.getString(1), r.getString(2)))
            .forEach(
                row -> {
                  String wanted =
                      reference == null
                          ? row.get(1)
                          : "%s [%s]".formatted(reference.target(), row.get(1));
                  missing.merge(wanted, 1, Integer::sum);
                  rows.add(
                      "%s %s: %s is %s".formatted(table.label(), row.get(0), field.name(), wanted));
                });
      }
    }
    List<String> details = new ArrayList<>();
    missing.forEach(
        (row, times) -> details.add("there is no %s, referenced %d times".formatted(row, times)));
    details.addAll(rows);
    refuse(details, "Rows of " + table.label() + " reference rows that the other side lacks", hint);
  }

  private void noteUnanswered(SyncTable table) {
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null && !refuses(field, reference)) {
        long count =
            session
                .createQuery(
                    sql.unanswered(
                        table, field, STAGED, new MergeSql.Lookups(Map.of(), environment)))
                .mapTo(Long.class)
                .one();
        if (count > 0) {
          String becomes = reference.missing() instanceof Reference.Use use ? use.id() : "NULL";
          notes.add(
              "%s.%s became %s in %d rows, since nobody here is meant"
                  .formatted(table.label(), field.name(), becomes, count));
        }
      }
    }
  }

  private void refuseTooLong(SyncTable table) {
    List<String> rows = new ArrayList<>();
    for (Field field : table.fields()) {
      if (field.rule() instanceof ColumnRule.Rewrite) {
        strings(sql.tooLong(table, field, STAGED, LISTED))
            .forEach(key -> rows.add(table.label() + " " + key + ": " + field.name()));
      }
    }
    refuse(
        rows,
        "Texts are too long for their column when their beginning is rewritten",
        "Shorten the prefix under columns, or the texts.");
  }

  private static boolean refuses(Field field, Reference reference) {
    return reference.missing() instanceof Reference.Refuse || !field.column().nullable();
  }

  private static void refuse(List<String> rows, String what, String hint) {
    if (!rows.isEmpty()) {
      throw SyncException.refused(what + "; the target is as it was", hint, rows);
    }
  }

  private List<String> strings(String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }
}
