package io.travaso.database;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How a database draws keys, and gives rows others. */
public interface KeySql {

  /**
   * Where the drawing of keys stands.
   *
   * @param next the number that will be drawn next, or one that is not far above it
   * @param increment how far apart two are
   * @param offset which remainder all have, divided by that
   * @param max the last one that can be drawn
   */
  record Position(long next, long increment, long offset, long max) {

    /** The least number that can be drawn, is not below another, and was not given out. */
    public long from(long number) {
      long least = Math.max(next, number);
      return increment <= 0 ? least : Math.addExact(least, Math.floorMod(next - least, increment));
    }
  }

  /** Where a sequence, or a table's AUTO_INCREMENT, stands. */
  Position position(Handle session, Table table, Column column, TableId sequence);

  /** Moves a sequence beyond a number, if it is not there; AUTO_INCREMENT moves with its rows. */
  void reserve(Handle session, Table table, Column column, TableId sequence, long number);

  /** A query for the highest key of a table; NULL where it is empty. */
  String highest(Table table, Column column);

  /** A query for which of some numbers are keys of a table. */
  String present(Table table, Column column, List<Long> keys);

  /** A query for the number of rows that hold one of these keys in a column. */
  String count(HeldKeys holding, HeldKeys.Holder holder, List<Long> keys);

  /**
   * A query for a text over what rows hold: those that hold one of these keys, or all of them.
   *
   * @param fresh what keys are taken to be already; empty for those that are there
   * @param all whether rows without any of the keys count too
   */
  String digest(HeldKeys holding, List<Long> keys, Map<Long, Long> fresh, boolean all);

  /**
   * Gives rows fresh keys, and all that hold one of them the fresh one.
   *
   * @param key the column of the first of {@code holdings} that is the key itself
   * @param holdings tables with what they hold of the keys, each once
   * @return how many rows of each table were written
   * @throws io.travaso.SyncException if a foreign key does not hold afterwards
   */
  List<Long> move(
      Handle session, Catalog catalog, Column key, List<HeldKeys> holdings, Map<Long, Long> fresh);

  /** A query for those of some keys whose rows have an entry in a base. */
  String agreed(SyncTable table, Column key, Base base, List<Long> keys);

  /** The number a sequence begins with when it is reset. */
  long start(Handle session, TableId sequence);

  /** Whether the connected role may change a sequence itself. */
  boolean mayAlter(Handle session, TableId sequence);

  /**
   * Keeps others from drawing from a sequence until the transaction ends, where that is possible.
   *
   * @param increment what it has already
   */
  List<String> holdStill(TableId sequence, long increment);

  /**
   * Lets a sequence draw every so manieth number.
   *
   * @param start the number it begins with when it is reset
   * @param next the number it draws next
   */
  List<String> drawFrom(TableId sequence, long increment, long start, long next);

  /**
   * How AUTO_INCREMENT draws on the whole server.
   *
   * @param maySet whether the connected role may change that
   */
  record Global(long increment, long offset, boolean maySet) {}

  /** How AUTO_INCREMENT draws on the whole server; empty where there is no such thing. */
  Optional<Global> global(Handle session);

  /** Lets AUTO_INCREMENT draw every so manieth number on the whole server. */
  List<String> setGlobal(long increment, long offset);
}
