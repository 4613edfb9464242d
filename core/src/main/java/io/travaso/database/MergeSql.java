package io.travaso.database;

import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.time.Duration;
import java.util.List;

/**
 * The statements of a merge.
 *
 * <p>Staged rows stand in a temporary table with one column {@code w0, w1, …} a written column (see
 * {@link SyncTable#stagingName}). A diff stands in a temporary table with the key's columns {@code
 * k0, k1, …}, {@code kind} ({@code c} created, {@code u} updated, {@code d} deleted) and {@code
 * digest}, a hash of the row in the target as it was seen.
 */
public interface MergeSql {

  /** Makes an empty temporary table of the target's own types for a table's slots. */
  String createStaging(SyncTable table, String staging);

  /** Makes {@code staging} of {@code raw} with the references looked up. */
  String resolveReferences(SyncTable table, String raw, String staging);

  /** Tells the planner what a temporary table holds. */
  String analyze(String temporaryTable);

  String dropTemporary(String temporaryTable);

  /** A query for keys that are staged more than once. */
  String duplicates(SyncTable table, String staging, int limit);

  /**
   * A query for the staged rows whose reference the target does not have: their key, then its
   * natural key.
   */
  String missingReferences(
      SyncTable table, int field, Reference reference, String staging, int limit);

  /**
   * A query for the staged rows whose referenced row does not exist in a table that is not staged.
   */
  String missingParents(SyncTable table, ForeignKey key, String staging, int limit);

  /**
   * Makes the diff: what is created and updated and, with {@code deletes}, what only the target
   * has.
   */
  List<String> diff(SyncTable table, String staging, String diff, boolean deletes);

  /** A query for kind, number of rows and a digest over keys and rows, per kind. */
  String diffSummary(SyncTable table, String diff);

  /** A query for the number of rows in a table. */
  String count(TableId table, Table definition);

  /** A query for the rows outside the set that reference a row to be deleted: table and key. */
  String referencedFromOutside(
      SyncTable table, ForeignKey key, Table outside, String diff, int limit);

  /**
   * The lock that keeps others from writing to these tables until the transaction ends, readers
   * pass.
   */
  List<String> lock(List<TableId> tables, Duration wait);

  /**
   * One statement that deletes, updates and inserts what the diffs of these tables say; constraints
   * between them are checked at its end. Its result is one row: deleted, updated, inserted of each
   * table in turn.
   */
  String apply(List<Work> work);

  /** Checks what was deferred to the end of the transaction now. */
  String checkConstraints();

  /** A query for keys whose row is not in the target as it was staged. */
  String unequal(SyncTable table, String staging, String diff, int limit);

  /** Moves the sequence behind a column forward to what the column holds, never back. */
  String advanceSequence(Table table, Column column, TableId sequence);

  /** A query for the number of a table's rows that were written after a run of the ledger's. */
  String writtenSince(Table table, String runId);

  /** A table with its staged rows and its diff. */
  record Work(SyncTable table, String staging, String diff) {}
}
