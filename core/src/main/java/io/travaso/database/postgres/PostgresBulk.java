package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.SyncException;
import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
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
    String doing = "Exporting " + table.id();
    try {
      refuseDangling(handle, table);
      CopyOut copy =
          copyManager(handle).copyOut("COPY (" + PostgresExport.query(table) + ") TO STDOUT");
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        rows.row(row, 0, row.length - 1);
        count++;
      }
      return count;
    } catch (SQLException | JdbiException e) {
      throw PostgresErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          doing + " failed: " + e.getMessage(),
          "Look at the disk the export is written to.",
          e);
    }
  }

  private static void refuseDangling(Handle handle, SyncTable table) {
    List<String> dangling = new ArrayList<>();
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        handle
            .createQuery(PostgresExport.dangling(table, field, reference, LISTED))
            .mapTo(String.class)
            .forEach(
                key ->
                    dangling.add(
                        "%s %s: the row of %s that %s references does not exist"
                            .formatted(
                                table.label(), key, reference.target(), field.column().name())));
      }
    }
    if (!dangling.isEmpty()) {
      throw SyncException.refused(
          "Exporting " + table.label() + ": rows reference what does not exist",
          "Their foreign key was not enforced when they were written. Correct the rows.",
          dangling);
    }
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

  private static CopyManager copyManager(Handle handle) throws SQLException {
    return handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
  }
}
