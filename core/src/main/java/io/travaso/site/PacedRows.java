package io.travaso.site;

import io.travaso.database.RowSink;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Hands rows on and rests between them, in proportion to the time it worked: the server, whose
 * answer is not taken meanwhile, soon rests as well.
 */
final class PacedRows implements RowSink {
  /** How many rows pass between two looks at the clock. */
  private static final int BLOCK = 128;

  /** A rest is not longer; what came before is no reason to keep a snapshot open for minutes. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

  private final RowSink rows;
  private final int pace;
  private final LongSupplier clock;
  private final LongConsumer rest;
  private long count;
  private long since;

  /**
   * Between the reader and who takes its rows.
   *
   * @param pace the percentage of the time in which rows pass
   */
  PacedRows(RowSink rows, int pace) {
    this(rows, pace, System::nanoTime, LockSupport::parkNanos);
  }

  PacedRows(RowSink rows, int pace, LongSupplier clock, LongConsumer rest) {
    this.rows = rows;
    this.pace = pace;
    this.clock = clock;
    this.rest = rest;
  }

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    if (count == 0) {
      // A sort before the first row is no reason for a rest.
      since = clock.getAsLong();
    } else if (count % BLOCK == 0) {
      long worked = clock.getAsLong() - since;
      rest.accept(Math.min(LONGEST, worked * (100 - pace) / pace));
      since = clock.getAsLong();
    }
    count++;
    rows.row(buffer, offset, length);
  }
}
