package io.travaso.database;

import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.GenericReference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a merge.
 *
 * <p>Staged rows stand in a temporary table with one column {@code w0, w1, …} a written column (see
 * {@link SyncTable#stagingName}). A diff stands in a temporary table with the key's columns {@code
 * k0, k1, …}, {@code kind} ({@code c} created, {@code u} updated, {@code d} deleted) and {@code
 * digest}, a hash of the row in the target as it was seen.
 */
public interface MergeSql {

  /** A table with its staged rows and its diff. */
  record Work(SyncTable table, String staging, String diff) {}

  /** What of a table's diff is to be written; what is not is not even tried. */
  record Writes(Work work, boolean deletes, boolean updates, boolean inserts) {}

  /** Which of the rows that are not staged are meant: a diff deletes them, or they may be gone. */
  sealed interface Deletes {
    /** None: what only the target has stays. */
    record None() implements Deletes {}

    /** All: the table becomes an exact copy. */
    record All() implements Deletes {}

    /**
     * Those that are listed.
     *
     * @param table a temporary table with the keys, in columns {@code k0, k1, …} as a diff has them
     */
    record Listed(String table) implements Deletes {}
  }

  /**
   * Where a referenced row may be.
   *
   * @param targetCounts whether a row that the target has is enough, if the diff does not delete
   *     it; not where all but the staged ones are deleted
   * @param someDeleted whether the diff deletes some of them
   * @param staged the referenced table's own staged rows and diff, where it is merged too
   */
  record Parent(Table table, boolean targetCounts, boolean someDeleted, @Nullable Work staged) {}

  /** What becomes of a referenced row. */
  enum Change {
    DELETED,
    /** A value others reference it by becomes another. */
    KEY_MOVED
  }

  /**
   * The rights this session's role lacks, other than those on tables: privileges by object, as
   * GRANT takes them.
   *
   * @param schemas it must find things in
   * @param sequences it must read and move
   * @param staging whether it must make temporary tables
   */
  Map<String, String> lackedRights(
      Handle session, Set<String> schemas, Set<TableId> sequences, boolean staging);

  /** A query for the role of this session, as GRANT takes it. */
  String grantee();

  /** Makes an empty temporary table of the target's own types for a table's slots. */
  String createStaging(SyncTable table, String staging);

  /** Makes an empty temporary table for keys of a table's rows, as a diff has them. */
  String createKeys(SyncTable table, String keys);

  /**
   * What staged rows are resolved with.
   *
   * @param ids the temporary tables of {@link #createIds}, by table
   * @param environment whose prefixes rewritten texts get; empty for none
   */
  record Lookups(Map<TableId, String> ids, String environment) {

    public Lookups {
      ids = Map.copyOf(ids);
    }

    public String requiredIds(TableId table) {
      return Objects.requireNonNull(ids.get(table));
    }
  }

  /** A query for loaded rows whose n-th list of links is malformed: their key. */
  String malformedLinks(SyncTable table, int list, String raw, int limit);

  /** Loads a join table's rows from the n-th list of links in its owner's loaded rows. */
  String expandLinks(SyncTable owner, int list, String ownerRaw, String raw);

  /**
   * Makes the temporary table of the ids that the target gives a table's loaded rows: those it has,
   * and provisional ones for new rows.
   */
  String createIds(SyncTable table, String raw, String ids);

  /** A query for natural keys that are loaded more than once. */
  String duplicateIds(SyncTable table, String ids, int limit);

  /** A query for natural keys whose row in the target is another one by now, or came or went. */
  String movedIds(SyncTable table, String ids, int limit);

  /** Makes a temporary table of the ids that new rows get instead of their provisional ones. */
  String drawIds(SyncTable table, String ids, String drawn);

  /** Puts drawn ids in the place of provisional ones. */
  String renumber(String temporaryTable, String column, String drawn);

  /** The same in a generic relation, where it is to this model. */
  String renumberGeneric(
      SyncTable table, Field field, GenericReference.Target target, String staging, String drawn);

  /** A query for referenced natural keys that more than one row of the target has. */
  String ambiguousReferences(SyncTable table, Field field, String raw, int limit);

  /** Makes {@code staging} of {@code raw}: references looked up, rules of columns applied. */
  List<String> resolve(SyncTable table, String raw, String staging, Lookups lookups);

  /** A query for rows whose text became too long for its column when it was rewritten. */
  String tooLong(SyncTable table, Field field, String staging, int limit);

  /**
   * Sets staged values to the target's own where Django's serializer would write both as one; empty
   * where a table has none that it changes.
   */
  Optional<String> restoreCut(SyncTable table, String staging);

  /**
   * Sets staged values to the target's where both are equal and another engine only spells them in
   * another way; empty for a table that has none of the types concerned.
   */
  default Optional<String> restoreSpelling(SyncTable table, String staging) {
    return Optional.empty();
  }

  /** Tells the planner what a temporary table holds. */
  String analyze(String temporaryTable);

  String dropTemporary(String temporaryTable);

  /** A query for the number of staged rows whose key is not whole. */
  String withoutKey(SyncTable table, String staging);

  /** A query for keys that are staged more than once. */
  String duplicates(SyncTable table, String staging, int limit);

  /**
   * A query for the staged rows whose reference nobody answers to: their key, then its natural key.
   */
  String missingReferences(SyncTable table, Field field, String staging, int limit);

  /** A query for the number of staged rows whose reference nobody answers to. */
  String unanswered(SyncTable table, Field field, String staging, Lookups lookups);

  /** A query for the staged rows whose reference would now be looked up as another. */
  String movedReferences(SyncTable table, Field field, String staging, Lookups lookups, int limit);

  /** A query for the rows to be written whose referenced row will not exist. */
  String missingParents(Work child, ForeignKey key, Parent parent, int limit);

  /**
   * A query for the rows to be written that NOT NULL or CHECK constraints of the target refuse: the
   * key of each, and what refuses it. None where there are no such constraints, or none whose
   * answer is known before the rows are written.
   */
  Optional<String> refusedRows(Work work, int limit);

  /** Whether rows to be written can be in conflict by an exclusion, as far as that can be told. */
  boolean mayConflict(Work work, Exclusion exclusion);

  /**
   * A query for the rows to be written that are in conflict with a row the target keeps: the key of
   * each, then that of the other.
   */
  String conflictsWithKept(Work work, Exclusion exclusion, int limit);

  /**
   * A query for the rows to be written that are in conflict with each other: the key of each, then
   * that of one other.
   *
   * @param most whether most of the staged rows are to be written
   */
  String conflictsAmongWritten(Work work, Exclusion exclusion, boolean most, int limit);

  /** Whether an update can bring rows into conflict by an exclusion. */
  boolean mayMove(Work work, Exclusion exclusion);

  /**
   * A query for the rows to be updated that are, as they are now, in conflict with what another
   * updated row becomes: the key of each, then that of the other.
   */
  String contested(Work work, Exclusion exclusion, int limit);

  /**
   * The columns of a table that may be filled for a moment.
   *
   * @param anywhere with any value: no foreign key and no partition hangs on them
   * @param toNull with NULL
   */
  record Movable(Set<String> anywhere, Set<String> toNull) {}

  /** The ways in which contested rows might step aside, the best first. */
  List<Aside> asides(Work work, Exclusion exclusion, Movable movable);

  /** A query for whether a way will do. */
  String fits(Work work, Exclusion exclusion, Aside aside);

  /** Lets all contested rows step aside, before any row is written. */
  String stepAside(Work work, Exclusion exclusion, Aside aside);

  /** Makes the diff: what is created and updated and, of what is not staged, what is deleted. */
  List<String> diff(Work work, Deletes deletes);

  /** Adds to a diff the rows that are deleted. */
  String deleted(Work work, Deletes deletes);

  /** A query for kind, number of rows and a digest over keys and rows, per kind. */
  String diffSummary(Work work);

  /** A query for the rows to be updated in a column that no update can change. */
  String unchangeable(Work work, Column column, int limit);

  /** A query for the number of rows in a table. */
  String count(Table table);

  /** A query for the rows outside the set that reference a row to be changed: their key. */
  String referencedFromOutside(
      Work changed, Change change, ForeignKey key, Table outside, int limit);

  /**
   * A query for the rows of the set that the merge does not write and that reference a row to be
   * deleted: their key.
   *
   * @param kept the referencing table, with its diff
   */
  String referencedFromKept(Work deleted, ForeignKey key, Work kept, int limit);

  /** Prepares the session for the merge's transaction, just before it begins. */
  List<String> isolate();

  /**
   * Keeps others from writing to a table until the transaction ends; readers pass. Waits no longer
   * than this for them to let go, here and later in the transaction.
   */
  List<String> lock(Table table, Duration wait);

  /**
   * Deletes, updates and inserts what the diffs of these tables say. Foreign keys between them, and
   * from and to others, hold when all of it is written, not before.
   *
   * @return how many rows were deleted of each table in turn, then updated, then inserted
   * @throws io.travaso.SyncException if a foreign key does not hold
   */
  List<Long> apply(Handle session, Catalog catalog, List<Writes> writes);

  /** Whether foreign keys with an action (CASCADE, SET NULL) act while {@link #apply} writes. */
  boolean actsOnReferences();

  /** Checks what was deferred to the end of the transaction now. */
  String checkConstraints();

  /** A query for a digest over the target's rows that are not in the diff, as text. */
  String digestOfOthers(Work work);

  /** A query for keys whose row is not in the target as it was staged. */
  String unequal(Work work, int limit);

  /** Moves the sequence behind a column forward to what the column holds, never back. */
  void advanceSequence(Handle session, Table table, Column column, TableId sequence);

  /**
   * Remembers in the ledger what a run created and updated, as far as {@link #writtenSince} needs
   * it: after it is written, in the same transaction.
   *
   * @param rows how many rows that are
   */
  List<String> remember(Work work, String runId, long rows);

  /**
   * A query for the number of a table's rows that were written after a run of the ledger's: at
   * least those among what the diff changes back.
   */
  String writtenSince(Work work, String runId);
}
