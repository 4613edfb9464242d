package io.travaso.backup;

import io.travaso.table.TableId;
import java.nio.file.Path;
import java.util.Set;

/**
 * The engine's own way to dump a database into one file. It runs on the database's host. Every
 * failure is a {@link io.travaso.SyncException}.
 */
public interface DumpTool {

  /** Name and version of the program, such as {@code pg_dump 15.18}. */
  String toolVersion();

  /** How the names of its files end, such as {@code .dump}. */
  String ending();

  /** What a user can do with a file beyond what this program does with it. */
  String restoreHint();

  /**
   * Sees whether the database's user may read all that a dump holds, as far as that can be told
   * beforehand.
   */
  void requireRights();

  /**
   * Dumps the whole database, but not this tool's own ledger, into an existing empty file, whose
   * permissions stay. After a failure the file holds anything.
   */
  void dump(Path part);

  /** Reads a dump from its first to its last byte, the way a restore does. */
  void prove(Path file);

  /**
   * Streams the rows of some tables out of a dump.
   *
   * <p>A partition's rows are told as rows of the partitioned table; both are to be asked for.
   *
   * @throws io.travaso.SyncException naming them, when the dump lacks some of the tables; the sink
   *     may have got rows of others by then
   */
  void readTables(Path archive, Set<TableId> tables, TableDataSink sink);
}
