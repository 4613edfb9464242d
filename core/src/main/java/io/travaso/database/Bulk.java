package io.travaso.database;

import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rows out of and into the database as bulk text, streaming. */
public interface Bulk {

  /**
   * Begins a transaction in which all tables are seen as they were at one moment, and nothing can
   * be written.
   */
  void beginSnapshot(Handle handle);

  /**
   * Sends all rows of a table, ordered by key, the columns in the order of {@link SyncTable#slots}.
   *
   * @return the number of rows
   * @throws io.travaso.SyncException if a reference that is carried by a natural key is to nobody
   */
  long export(Handle handle, SyncTable table, RowSink rows);

  /**
   * Sends only some rows of a table, as {@link #export(Handle, SyncTable, RowSink)} does.
   *
   * @param codes of the rows, as {@link DigestSql} has them; others may have the same
   */
  long export(Handle handle, SyncTable table, long[] codes, RowSink rows);

  /**
   * Begins a load of a table's rows into a temporary table.
   *
   * @param columns the temporary table's columns, in the order of the values
   */
  BulkLoad load(Handle handle, SyncTable table, String temporaryTable, List<String> columns);
}
