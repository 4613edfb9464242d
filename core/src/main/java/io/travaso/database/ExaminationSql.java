package io.travaso.database;

import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;

/** The questions of a thorough check, which only reads. */
public interface ExaminationSql {

  /**
   * A query for where a sequence would have to be for the next number to be a free one; no row
   * where it is there already.
   */
  String sequenceBehind(Table table, Column column, TableId sequence);

  /** A statement that moves a sequence there. */
  String moveSequence(TableId sequence, long value);

  /**
   * A query for those of a table's rows that a column of another one refers to, and what they are
   * called: the columns of {@code named}, joined by dots.
   *
   * @param column refers to {@code targetColumn} of {@code target}
   */
  String referredTo(
      Table table, String column, Table target, String targetColumn, List<String> named);
}
