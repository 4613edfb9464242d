package io.travaso.database;

import java.io.IOException;

/**
 * Takes rows whose last value, of one character, says whether a fixture can carry them, and gives
 * them on without it: so a table is read once, not once more to look for rows to refuse. After the
 * first that can't be carried none is given on.
 */
public final class CheckedRows implements RowSink {
  private static final int FLAG = 2;

  private final RowSink rows;
  private final char refused;
  private boolean complete = true;

  /**
   * @param refused the value of a row that can't be carried
   */
  public CheckedRows(RowSink rows, char refused) {
    this.rows = rows;
    this.refused = refused;
  }

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    complete &= buffer[offset + length - 1] != refused;
    if (complete) {
      rows.row(buffer, offset, length - FLAG);
    }
  }

  /** Whether all rows could be carried. */
  public boolean isComplete() {
    return complete;
  }
}
