package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.SyncException;
import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
import io.travaso.database.RowSink;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Bulk transfer with COPY. */
final class PostgresBulk implements Bulk {

  @Override
  public void beginSnapshot(Handle handle) {
    handle.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  @Override
  public long export(Handle handle, SyncTable table, RowSink rows) {
    String doing = "Exporting " + table.id();
    try {
      CopyOut copy =
          copyManager(handle).copyOut("COPY (" + PostgresExport.query(table) + ") TO STDOUT");
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
