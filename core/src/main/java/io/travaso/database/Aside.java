package io.travaso.database;

import io.travaso.table.Column;
import java.util.List;

/**
 * How a row lets go of a unique value that another row takes in the same merge, before that row is
 * written: each is a way to fill some of its columns until it is written itself.
 */
public sealed interface Aside {

  /** The columns that are filled. */
  List<Column> columns();

  /** They become early what they become anyway. */
  record Early(List<Column> columns) implements Aside {

    public Early {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A value that conflicts with nobody's: NULL, or an empty range.
   *
   * @param value in SQL
   */
  record Neutral(Column column, String value) implements Aside {

    @Override
    public List<Column> columns() {
      return List.of(column);
    }
  }

  /**
   * Values that nobody has and nobody gets.
   *
   * @param series the g-th of a series, in SQL; NULL where the series has no more
   */
  record Invented(Column column, String series) implements Aside {

    @Override
    public List<Column> columns() {
      return List.of(column);
    }
  }
}
