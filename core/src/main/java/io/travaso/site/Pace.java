package io.travaso.site;

import io.travaso.database.RowSink;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Rests between rows, in proportion to the time they took: the server, whose answer is not taken
 * meanwhile, soon rests as well.
 */
final class Pace {
  /** How many rows pass between two looks at the clock. */
  private static final int BLOCK = 128;

  /** A rest is not longer; what came before is no reason to keep a snapshot open for minutes. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

  private final int percent;
  private final LongSupplier clock;
  private final LongConsumer rest;
  private long count;
  private long since;

  /**
   * Of one table's rows.
   *
   * @param percent of the time in which rows pass
   */
  Pace(int percent) {
    this(percent, System::nanoTime, LockSupport::parkNanos);
  }

  Pace(int percent, LongSupplier clock, LongConsumer rest) {
    this.percent = percent;
    this.clock = clock;
    this.rest = rest;
  }

  /** Before each row. */
  void row() {
    if (percent == 100) {
      return;
    }
    if (count == 0) {
      // A sort before the first row is no reason for a rest.
      since = clock.getAsLong();
    } else if (count % BLOCK == 0) {
      long worked = clock.getAsLong() - since;
      rest.accept(Math.min(LONGEST, worked * (100 - percent) / percent));
      since = clock.getAsLong();
    }
    count++;
  }

  /** Rows on their way, at this pace. */
  RowSink over(RowSink rows) {
    return percent == 100
        ? rows
        : (buffer, offset, length) -> {
          row();
          rows.row(buffer, offset, length);
        };
  }
}
