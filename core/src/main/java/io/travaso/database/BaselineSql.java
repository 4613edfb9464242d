package io.travaso.database;

import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements that tell, row by row, what changed since both sides agreed, and that remember an
 * agreement.
 *
 * <p>The base has an entry a row: {@code k}, made of the columns rows are matched by, and {@code
 * digests}, one of every column, made with the database's own functions of the row as its source
 * had it. An entry holds from the agreement numbered {@code valid_from} on, until that numbered
 * {@code valid_to}.
 *
 * <p>What changed where is put into a temporary table, {@code merged}: the key's columns {@code k0,
 * k1, …} as a diff has them; {@code kind}, {@code ways}, a letter a {@link #compared compared}
 * column; {@code digests} of the row as it was staged; {@code seen}, a hash of both rows. Kinds:
 *
 * <ul>
 *   <li>{@code u} both have it, and they differ
 *   <li>{@code k} the target deleted it, the source left it as it was: it stays deleted
 *   <li>{@code x} the target deleted it, the source changed it
 *   <li>{@code c} the target deleted it, and it is to be created again
 *   <li>{@code g} the source deleted it, the target left it as it was
 *   <li>{@code y} the source deleted it, the target changed it
 *   <li>{@code d} the source deleted it, and it is to be deleted
 *   <li>{@code z} the source deleted it, and it is to stay as if it were the target's alone
 * </ul>
 *
 * Ways: {@code .} both have the same, {@code s} only the source changed it, {@code t} only the
 * target did, {@code x} both did, {@code a} both did and the source's is taken, {@code b} both did
 * and the target's is kept, {@code +} the row is new on both sides. Of a column that the base does
 * not have, a value is more than none, and two values are {@code x}.
 */
public interface BaselineSql {

  /**
   * What was agreed on of a table.
   *
   * @param id the baseline's number
   * @param number the agreement's
   * @param columns whose digests stand in its entries, in their order
   */
  record Base(int id, int number, List<String> columns) {

    public Base {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A version of how a table's keys and digests are made, in that database as it is: entries of
   * another are of no use.
   */
  String format(Handle session, SyncTable table);

  /** The columns that {@code ways} has letters for. */
  List<Column> compared(SyncTable table);

  /**
   * Makes {@code merged}, for a diff that was taken with neither deletes nor merged rows.
   *
   * @param gone which rows of the target that are not staged may be gone in the source
   */
  List<String> compare(Work work, Base base, String merged, Deletes gone);

  /** A temporary table's name in SQL. */
  String temporary(String name);

  /**
   * Lets the row that was changed last win where both sides changed a column.
   *
   * @param by the column that says when
   * @param itself whether it is only about that column: it takes the later value
   */
  List<String> newest(Work work, String merged, Column by, boolean itself);

  /** An expression for the key of a row of {@code merged}, aliased d, for people. */
  String keyText(SyncTable table);

  /**
   * A query for rows of {@code merged} that {@code condition} is true of: key, kind, ways, seen,
   * then of each compared column the source's value and the target's as text, cut to so many
   * characters.
   *
   * @param condition in terms of {@code d}
   */
  String conflicts(Work work, String merged, String condition, int characters, int limit);

  /** A query for the keys of rows in a diff that are updated. */
  String updatedKeys(Work work, int limit);

  /** Makes the staged rows what they are to become, as {@code merged} says. */
  List<String> adopt(Work work, String merged);

  /**
   * Takes out of the diff what {@link #adopt} made equal, or took out of the staged rows. It is
   * then as if it had been taken again.
   */
  List<String> adjust(Work work, String merged);

  /** Makes a temporary table of the key's columns {@code k0, k1, …} of the rows to be deleted. */
  String deleted(Work work, String merged, String deleted);

  /**
   * Makes a temporary table {@code delta} of {@code k}, {@code digests} and {@code fresh}: what the
   * entries of the staged rows become that are others than in the base, when all is written, and
   * whether the base has none.
   *
   * @param base what was agreed on; null where nothing was
   * @param merged null where there is none
   * @param columns the columns to digest; those that are not staged keep the digest they have
   * @param all whether to make it of all rows, for another baseline
   */
  List<String> delta(
      Work work,
      @Nullable Base base,
      @Nullable String merged,
      List<String> columns,
      boolean all,
      String delta);

  /**
   * Ends the entries of rows that neither side has any more. Before {@link #store}.
   *
   * @param number of the agreement they end with
   */
  List<String> end(Work work, Base base, @Nullable String merged, int number);

  /** The number of a base's first agreement, before which it has no entries. */
  int FIRST = 1;

  /**
   * Puts {@code delta} into the base, which has no entries after the base's own number.
   *
   * @param number of the agreement they begin with
   */
  List<String> store(int id, int number, String delta);

  /**
   * Takes out of loaded entries of the target's own rows those of rows that are staged or listed:
   * all others are the source's as well. They are in the form that {@link #store} takes.
   *
   * @param onlyInTarget a temporary table with the keys of all rows that may be the target's alone
   * @param loaded what was loaded of {@link #changed}
   */
  List<String> keepAlike(Work work, String onlyInTarget, String loaded);

  /** Tells the database that the base has many new entries, where it would not see in time. */
  List<String> grown();

  /**
   * Sends, as bulk text, {@code k}, {@code digests} and whether it is new ({@code 1} or {@code 0})
   * of each row of a table that is another than in the base. Digests are made of the table's own
   * columns of these names.
   */
  long changed(
      Handle session, SyncTable table, @Nullable Base base, List<String> columns, RowSink rows);

  /**
   * Sends the same of some rows: those with these codes, which are all that are not as in the base.
   *
   * @param codes as {@link DigestSql} has them
   */
  long changed(
      Handle session, SyncTable table, Base base, List<String> columns, long[] codes, RowSink rows);

  /** Sends, as bulk text, {@code k} of each entry whose row the table does not have any more. */
  long gone(Handle session, SyncTable table, Base base, RowSink rows);

  /**
   * Makes a temporary table for rows of {@link #changed} or of {@link #gone}, and begins to load
   * them.
   *
   * @param table whose they are
   * @param withDigests whether they are of {@link #changed}
   */
  BulkLoad load(Handle session, SyncTable table, String temporary, boolean withDigests);

  /** Puts what was loaded of {@link #changed} into the form that {@link #store} takes. */
  List<String> loaded(String temporary, String delta);

  /** Ends the entries whose {@code k} was loaded. */
  List<String> endLoaded(int id, int number, String temporary);

  /** A query for the number of entries that hold at an agreement. */
  String count(Base base);

  /** A query for the number of rows of {@code delta} that the base has no entry of. */
  String countFresh(String delta);
}
