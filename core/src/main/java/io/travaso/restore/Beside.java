package io.travaso.restore;

import io.travaso.database.ConnectionSettings;
import io.travaso.table.TableId;
import java.nio.file.Path;
import java.util.Map;

/**
 * A database that was made beside the one it may replace. Until {@link #swap} that one is not
 * touched.
 */
public interface Beside extends AutoCloseable {

  /** How the account for maintenance connects to it. */
  ConnectionSettings settings();

  /**
   * Loads a backup, with owners and grants as it has them.
   *
   * @param dump what {@link io.travaso.backup.DumpTool#dump} wrote
   */
  default void load(Path dump) {
    load(dump, Owners.AS_DUMPED);
  }

  /**
   * Loads a dump; stops at the first error. One of a newer server is refused before anything.
   *
   * @param dump what {@link io.travaso.backup.DumpTool#dump} wrote
   */
  void load(Path dump, Owners owners);

  /** How many rows each table has, counted. Partitions count as their table. */
  Map<TableId, Long> rows();

  /** The last value that each sequence gave; those that have given none are left out. */
  Map<TableId, Long> sequences();

  /**
   * Puts it in the old one's place, with the old one's ledger. A failure leaves the old one as it
   * was. The old one is kept until {@link #close}. Nobody may be connected to this one any more.
   */
  void swap();

  /** The name under which the old database is kept between {@link #swap} and {@link #close}. */
  String oldName();

  /**
   * Drops what is left over: this database, or the old one where they were swapped. What could not
   * be dropped is told, with the statement to run.
   */
  @Override
  void close();
}
