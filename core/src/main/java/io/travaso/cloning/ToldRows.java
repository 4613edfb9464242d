package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.database.RowSink;
import java.io.IOException;

/** Rows whose number is told from time to time. */
final class ToldRows implements RowSink {
  private static final long STRIDE = 1 << 14;

  private final RowSink rows;
  private final String what;
  private final long total;
  private final Progress progress;
  private long count;

  /**
   * @param total how many there will be; 0 where that is not known
   */
  ToldRows(RowSink rows, String what, long total, Progress progress) {
    this.rows = rows;
    this.what = what;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    rows.row(buffer, offset, length);
    if (++count % STRIDE == 0) {
      progress.at(what, count, total);
    }
  }
}
