package io.travaso.database;

import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells the rows that were written since a moment from those that were not, where a database knows
 * that of each row, so that digests that were taken before hold for all others.
 *
 * <p>A row that was not written since the horizon is now as it was then. Rows that are gone leave
 * nothing behind: whoever keeps digests counts the rows.
 */
public interface HorizonSql {

  /**
   * What was written before is visible in this session's snapshot, and is as it was for ever.
   *
   * @param table what the table is: with another, nothing holds that was kept of it. Of the server,
   *     the database, the table and its columns
   * @param position of the horizon; that of a later snapshot is not smaller
   */
  record Horizon(String table, long position) {}

  /** The horizon of this session's snapshot; empty where the database does not know for sure. */
  Optional<Horizon> of(Handle snapshot, SyncTable table);

  /**
   * How many rows a table has.
   *
   * @param rows all of them
   * @param since those that {@link #rowsSince} sends
   */
  record Counts(long rows, long since) {}

  /** Counts the rows. */
  Counts count(Handle snapshot, SyncTable table, long position);

  /**
   * Sends, as {@link DigestSql#rows} does, the digests of rows that were written since a horizon,
   * and perhaps of some others.
   */
  long rowsSince(
      Handle snapshot, SyncTable table, List<Column> columns, long position, DigestSink digests);

  /**
   * Puts a mark into the ledger. A database that has it was not brought back, by whatever means, to
   * a time before it, from where other transactions have the numbers of those that are lost.
   */
  void mark(Handle transaction, String mark);

  /** Whether the ledger has that mark. */
  boolean isMarked(Handle snapshot, String mark);
}
