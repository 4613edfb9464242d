package io.travaso.database.postgres;

import io.travaso.database.BulkLoad;
import io.travaso.database.BulkText;
import io.travaso.table.SyncTable;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/**
 * A COPY … FROM STDIN in progress. Rows are gathered, so that each message to the server is worth
 * it.
 */
final class PostgresLoad implements BulkLoad {
  private static final int BUFFER = 64 * 1024;

  private final SyncTable table;
  private final CopyIn copy;
  private final byte[] buffer = new byte[BUFFER];
  private int used;

  PostgresLoad(SyncTable table, CopyIn copy) {
    this.table = table;
    this.copy = copy;
  }

  @Override
  public void row(byte[] row, int offset, int length) {
    try {
      if (used + length + 1 > BUFFER) {
        flush();
      }
      if (length + 1 > BUFFER) {
        copy.writeToCopy(row, offset, length);
      } else {
        System.arraycopy(row, offset, buffer, used, length);
        used += length;
      }
      buffer[used++] = BulkText.END;
    } catch (SQLException e) {
      throw PostgresErrors.explainLoad(table, e);
    }
  }

  @Override
  public long finish() {
    try {
      flush();
      return copy.endCopy();
    } catch (SQLException e) {
      throw PostgresErrors.explainLoad(table, e);
    }
  }

  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        // The server answers a cancelled COPY with an error, which is what was asked for.
        if (copy.isActive()) {
          throw PostgresErrors.explainLoad(table, e);
        }
      }
    }
  }

  private void flush() throws SQLException {
    if (used > 0) {
      copy.writeToCopy(buffer, 0, used);
      used = 0;
    }
  }
}
