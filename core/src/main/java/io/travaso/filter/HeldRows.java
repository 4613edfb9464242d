package io.travaso.filter;

import io.travaso.database.RowSink;
import java.io.IOException;

/** Takes what a filter finds out about the rows of a table that are not staged. */
public interface HeldRows {

  /** Keys of rows that may be the target's alone follow. Nothing is staged meanwhile. */
  RowSink beginKeys() throws IOException;

  /** The keys begun last are over. */
  void endKeys();

  /**
   * The table is over.
   *
   * @param rows how many both sides have alike
   */
  void finish(long rows);
}
