package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
import io.travaso.database.CheckedRows;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Bulk transfer: a streamed SELECT out, LOAD DATA in. */
final class MariaDbBulk implements Bulk {
  private static final int LISTED = 100;

  /** With any number of rows to fetch the driver streams; so many it reads ahead. */
  private static final int FETCHED = 1000;

  @Override
  public void beginSnapshot(Handle handle) {
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    handle.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  }

  @Override
  public long export(Handle handle, SyncTable table, RowSink rows) {
    return export(
        table,
        () -> {
          refuseUncarried(handle, table);
          table.links().forEach(links -> refuseDangling(handle, links.table()));
          MariaDbExport export = new MariaDbExport(table);
          if (export.refused().isEmpty()) {
            return stream(handle, export.query(), export.forms(), rows);
          }
          List<MariaDbText.Form> forms = new ArrayList<>(export.forms());
          forms.add(MariaDbText.Form.PLAIN);
          CheckedRows checked = new CheckedRows(rows, '1');
          String query = export.query(", " + export.refused(), "TRUE");
          long count = stream(handle, query, forms, checked);
          if (!checked.isComplete()) {
            refuseWithoutChoice(handle, table);
            refuseDangling(handle, table);
            throw new IllegalStateException(
                "Rows of " + table.id() + " were refused, and none is found");
          }
          return count;
        });
  }

  @Override
  public long export(Handle handle, SyncTable table, long[] codes, RowSink rows) {
    return export(table, () -> new MariaDbPart(handle, table, codes).stream(rows));
  }

  private interface Streaming {
    long rows() throws SQLException, IOException;
  }

  private static long export(SyncTable table, Streaming streaming) {
    String doing = "Exporting " + table.id();
    try {
      return streaming.rows();
    } catch (SQLException | JdbiException e) {
      throw MariaDbErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          doing + " failed: " + e.getMessage(),
          "Look at the disk the export is written to.",
          e);
    }
  }

  /** Sends the rows of a query as bulk text. */
  static long stream(Handle handle, String query, List<MariaDbText.Form> forms, RowSink rows)
      throws SQLException, IOException {
    MariaDbRow row = new MariaDbRow(forms);
    long count = 0;
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          row.read(result);
          rows.row(row.bytes(), 0, row.length());
          count++;
        }
      }
      MariaDbWarnings.refuse(statement);
    }
    return count;
  }

  /**
   * Rows whose ENUM holds none of its choices, as a server that is not strict left them: that has
   * the text '', which may be a choice, and is nothing elsewhere.
   */
  static void refuseWithoutChoice(Handle handle, SyncTable table) {
    refuseWithoutChoice(handle, table, "TRUE");
  }

  static void refuseWithoutChoice(Handle handle, SyncTable table, String condition) {
    for (Column column : table.carried()) {
      if (column.type().startsWith("enum(")) {
        refuse(
            keys(
                    handle,
                    MariaDbPart.asked(
                        MariaDbExport.withoutChoice(table, column, condition, LISTED)))
                .stream()
                .map(key -> table.label() + " " + key)
                .toList(),
            "Exporting %s: rows have none of the choices of %s"
                .formatted(table.label(), column.name()),
            "A server without strict mode left them so, and shows them as ''. Correct the rows.");
      }
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
        MariaDbGenericExport generic = new MariaDbGenericExport(table, field, "g");
        dangling.addAll(keys(handle, generic.uncarried(LISTED)));
      }
      Reference reference = field.reference();
      if (reference != null) {
        keys(handle, MariaDbExport.dangling(table, field, reference, LISTED))
            .forEach(
                key -> dangling.add(referenced(table, key, field, reference) + " does not exist"));
        if (!reference.naturalKey().isGuaranteed()) {
          keys(handle, MariaDbExport.ambiguous(table, reference, LISTED))
              .forEach(
                  key ->
                      ambiguous.add(
                          referenced(table, key, field, reference)
                              + " is not the only one of its kind"));
        }
      }
    }
    refuse(
        dangling,
        "Exporting " + table.label() + ": rows reference what does not exist",
        "Their foreign key was not enforced when they were written, or what they reference has"
            + " nothing it could be recognised by. Correct the rows.");
    refuse(
        ambiguous,
        "Exporting "
            + table.label()
            + ": rows reference rows that can't be told apart by what they are recognised by",
        "Name more columns in match, or correct the rows.");
  }

  private static void refuse(List<String> rows, String what, String hint) {
    if (!rows.isEmpty()) {
      throw SyncException.refused(what, hint, rows);
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
    return load(handle, new MariaDbLoadColumns(table, columns), temporaryTable);
  }

  /** Begins a load into a table of the database that is connected to. */
  static BulkLoad load(Handle handle, MariaDbLoadColumns loaded, String table) {
    boolean local = handle.createQuery("SELECT @@local_infile").mapTo(Boolean.class).one();
    long packet = handle.createQuery("SELECT @@max_allowed_packet").mapTo(Long.class).one();
    return new MariaDbLoad(
        loaded,
        local
            ? new LoadDataStatement(handle, table, loaded)
            : new InsertStatement(handle, table, loaded),
        local ? MariaDbLoad.MOST : (int) Math.min(MariaDbLoad.MOST, packet / 4));
  }
}
