package io.travaso.database;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write down rows as they are before a merge writes them, and that stage them
 * again.
 *
 * <p>In the ledger they stand in the {@linkplain LedgerSql#beforeTable table before}, values as
 * text that makes exactly the same value again; so no type of the application's is ever used there.
 * A row that was created has its key alone. What was created or updated has also a hash of the row
 * as it was when all was written, which tells whether it changed again.
 */
public interface BeforeSql {

  /**
   * The rows of a table as they were before.
   *
   * @param table as the merge has it
   * @param name of their temporary table
   * @param key the columns that they are known by for good: the primary key
   * @param set the columns that updated rows have; in the order of their values
   * @param all the columns that deleted rows have
   */
  record Images(
      SyncTable table, String name, List<Column> key, List<Column> set, List<Column> all) {

    public Images {
      key = List.copyOf(key);
      set = List.copyOf(set);
      all = List.copyOf(all);
    }
  }

  /** Images with the temporary table that they are staged in. */
  record Staged(Images images, String staging) {}

  /** About how many bytes a created row takes. */
  int CREATED = 90;

  /**
   * A query for a row each of the kinds updated and deleted: the kind, about how many bytes a row
   * of it takes, from some of them, and how many rows can't be written down.
   */
  String estimate(Work work, Images images);

  /** Makes the temporary table of the rows to be updated and deleted, as they are. */
  List<String> keep(Work work, Images images);

  /**
   * Puts them into the ledger, when all is written.
   *
   * @param part the number that they have there
   * @return a statement each for what was updated and deleted
   */
  List<String> write(Work work, Images images, int part);

  /**
   * The same for what was created.
   *
   * @param rows how many rows that are
   */
  String writeCreated(Work work, Images images, int part, long rows);

  /** Drops the temporary table of {@link #keep}. */
  String forget(Images images);

  /**
   * Makes a temporary table of a part of the ledger, with {@code id}, {@code kind}, the key's
   * columns {@code k0, k1, …}, <code>image</code>, and {@code state}:
   *
   * <ul>
   *   <li>{@code -} it is as the run left it
   *   <li>{@code x} it is already as before the run
   *   <li>{@code c} changed again
   *   <li>{@code g} the run updated it, and it is gone
   *   <li>{@code n} the run deleted it, and there is one again
   *   <li>{@code r} the run created it, and a row that stays references it
   *   <li>{@code p} it would reference a row that is not there
   * </ul>
   *
   * and {@code who} references it, or what it would reference.
   */
  List<String> read(Images images, int part);

  /** Stages what was updated and deleted, also what changed again. */
  List<String> stage(Staged staged);

  /** Makes a temporary table of what changed again and is staged as it is in the target. */
  String same(Staged staged, String found);

  /**
   * Makes a temporary table of what was created, is to go, and is referenced by a row that stays.
   *
   * @param key by which it is referenced
   * @param child the table that references it
   * @param own what is undone of that table; null where nothing is
   */
  String held(Images images, ForeignKey key, Table child, @Nullable Staged own, String found);

  /**
   * Makes a temporary table of what is to come back, and references a row that will not be there.
   *
   * @param key by which it references it
   * @param own what is undone of the referenced table; null where nothing is
   */
  String orphaned(Staged staged, ForeignKey key, Table parent, @Nullable Staged own, String found);

  /** Gives what was found another state. */
  String mark(Images images, String found, char state);

  /** Takes out of staging what is not to come back. */
  String unstage(Staged staged);

  /** Makes a temporary table of the keys of what is to go, in columns {@code k0, k1, …}. */
  String listed(Images images, String listed);

  /** A query for what can't be undone: its key, state, and who. */
  String conflicts(Images images, int limit);

  /** A query for how many rows can't be undone. */
  String countConflicts(Images images);
}
