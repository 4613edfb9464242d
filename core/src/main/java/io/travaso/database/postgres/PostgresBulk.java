package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.SyncException;
import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
import io.travaso.database.CheckedRows;
import io.travaso.database.LargeObjects;
import io.travaso.database.RowSink;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Bulk transfer with COPY. */
final class PostgresBulk implements Bulk {
  private static final int LISTED = 100;

  @Override
  public void beginSnapshot(Handle handle) {
    handle.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  @Override
  public long export(Handle handle, SyncTable table, RowSink rows) {
    return export(handle, table, "true", rows);
  }

  @Override
  public long export(Handle handle, SyncTable table, long[] codes, RowSink rows) {
    return export(handle, table, PostgresDigestSql.among(table, codes), rows);
  }

  private static long export(Handle handle, SyncTable table, String condition, RowSink rows) {
    String doing = "Exporting " + table.id();
    try {
      refuseLargeObjects(handle, table);
      refuseUncarried(handle, table);
      table.links().forEach(links -> refuseDangling(handle, links.table()));
      String query = PostgresExport.query(table, condition);
      if (!PostgresExport.isChecked(table)) {
        return stream(handle, doing, query, rows);
      }
      CheckedRows checked = new CheckedRows(rows, 't');
      long count = stream(handle, doing, query, checked);
      if (!checked.isComplete()) {
        refuseDangling(handle, table);
        throw new IllegalStateException(
            "Rows of " + table.id() + " were refused, and none is found");
      }
      return count;
    } catch (JdbiException e) {
      throw PostgresErrors.explain(doing, e);
    }
  }

  /** Sends the rows of a query as bulk text. */
  static long stream(Handle handle, String doing, String query, RowSink rows) {
    try {
      CopyOut copy = copyManager(handle).copyOut("COPY (" + query + ") TO STDOUT");
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        rows.row(row, 0, row.length - 1);
        count++;
      }
      return count;
    } catch (SQLException e) {
      throw PostgresErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          doing + " failed: " + e.getMessage(),
          "Look at the disk the export is written to.",
          e);
    }
  }

  private static void refuseLargeObjects(Handle handle, SyncTable table) {
    List<String> held = LargeObjects.held(handle, new PostgresStructureSql(), List.of(table));
    if (!held.isEmpty()) {
      throw SyncException.refused(
          "Exporting " + table.label() + ": rows hold large objects", LargeObjects.HINT, held);
    }
  }

  /**
   * What only a look at the table before its rows can tell: references that are found by more than
   * one value, and rows that can't be told apart.
   */
  private static void refuseUncarried(Handle handle, SyncTable table) {
    if (table.fields().stream()
        .anyMatch(
            f ->
                f.generic() != null
                    || (f.reference() != null && !f.reference().naturalKey().isGuaranteed()))) {
      refuseDangling(handle, table);
    }
  }

  /** Rows whose references the fixture could not carry. */
  private static void refuseDangling(Handle handle, SyncTable table) {
    List<String> dangling = new ArrayList<>();
    List<String> ambiguous = new ArrayList<>();
    for (Field field : table.fields()) {
      if (field.generic() != null) {
        PostgresGenericExport generic = new PostgresGenericExport(table, field, "g");
        dangling.addAll(keys(handle, generic.uncarried(LISTED)));
      }
      Reference reference = field.reference();
      if (reference != null) {
        keys(handle, PostgresExport.dangling(table, field, reference, LISTED))
            .forEach(
                key -> dangling.add(referenced(table, key, field, reference) + " does not exist"));
        if (!reference.naturalKey().isGuaranteed()) {
          keys(handle, PostgresExport.ambiguous(table, reference, LISTED))
              .forEach(
                  key ->
                      ambiguous.add(
                          referenced(table, key, field, reference)
                              + " is not the only one of its kind"));
        }
      }
    }
    if (!dangling.isEmpty()) {
      throw SyncException.refused(
          "Exporting " + table.label() + ": rows reference what does not exist",
          "Their foreign key was not enforced when they were written, or what they reference has"
              + " nothing it could be recognised by. Correct the rows.",
          dangling);
    }
    if (!ambiguous.isEmpty()) {
      throw SyncException.refused(
          "Exporting "
              + table.label()
              + ": rows reference rows that can't be told apart by what they are recognised by",
          "Name more columns in match, or correct the rows.",
          ambiguous);
    }
  }

  private static String referenced(SyncTable table, String key, Field field, Reference reference) {
    return "%s %s: the row of %s that %s references"
        .formatted(table.label(), key, reference.target(), field.column().name());
  }

  private static List<String> keys(Handle handle, String query) {
    return handle.createQuery(query).mapTo(String.class).list();
  }

  @Override
  public BulkLoad load(
      Handle handle, SyncTable table, String temporaryTable, List<String> columns) {
    String sql = "COPY pg_temp." + quote(temporaryTable) + " (" + quote(columns) + ") FROM STDIN";
    try {
      return new PostgresLoad(table, copyManager(handle).copyIn(sql));
    } catch (SQLException e) {
      throw PostgresErrors.explainLoad(table, e);
    }
  }

  static CopyManager copyManager(Handle handle) throws SQLException {
    return handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
  }
}
