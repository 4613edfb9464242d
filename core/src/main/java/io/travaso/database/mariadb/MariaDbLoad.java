package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.BulkText;
import io.travaso.table.ValueKind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A load in progress. Rows are gathered in the form that LOAD DATA takes, and sent a few megabytes
 * at a time, each in a statement of its own, into a temporary table that nobody else sees. While
 * some are sent, in a thread of their own, the next are gathered; the session belongs to the load
 * until it is finished or closed.
 *
 * <p>LOAD DATA knows fewer escapes than bulk text: {@code \f} and {@code \v} become the bytes they
 * stand for.
 */
final class MariaDbLoad implements BulkLoad {
  /** Bytes to send at a time; a row that is longer goes by itself. */
  static final int MOST = 2 << 20;

  private static final int HEX_PREFIX = 3;

  private final MariaDbLoadColumns columns;
  private final Sender sender;
  private final int most;
  private MariaDbGathered gathered = new MariaDbGathered();
  private @Nullable MariaDbGathered spare;
  private @Nullable Sending sending;
  private long taken;
  private @Nullable String problem;

  MariaDbLoad(MariaDbLoadColumns columns, Sender sender, int most) {
    this.columns = columns;
    this.sender = sender;
    this.most = most;
  }

  /** Sends rows to the database. */
  interface Sender {

    /**
     * Sends what was gathered.
     *
     * @return the number of rows the database took
     */
    long send(MariaDbGathered rows);
  }

  /** Rows that are on their way. */
  private record Sending(MariaDbGathered rows, FutureTask<Long> taken, Thread thread) {}

  @Override
  public void row(byte[] row, int offset, int length) {
    if (gathered.length() > 0 && gathered.length() + length + 1L > most) {
      flush();
    }
    gathered.beginRow();
    int end = offset + length;
    int from = offset;
    for (int i = 0; ; i++) {
      int to = from;
      boolean escaped = false;
      for (byte b; to < end && (b = row[to]) != BulkText.SEPARATOR; to++) {
        escaped |= b == BulkText.ESCAPE;
      }
      if (i > 0) {
        gathered.add(BulkText.SEPARATOR);
      }
      value(i, row, from, to, escaped);
      if (to == end) {
        break;
      }
      from = to + 1;
    }
    gathered.add(BulkText.END);
    if (problem != null) {
      throw SyncException.failed(
          "Loading rows of %s failed: %s %s: %s"
              .formatted(
                  columns.table().label(),
                  columns.table().label(),
                  gathered.key(gathered.rows(), columns.key()),
                  problem),
          "Nothing was written. Correct the value in the source, or the column in the target.");
    }
  }

  private void value(int index, byte[] row, int from, int to, boolean escaped) {
    MariaDbLoadColumns.Loaded column = columns.get(index);
    if (escaped && BulkText.isNull(row, from, to - from)) {
      gathered.value(row, from, to, true);
      return;
    }
    // Of \\\\x6162, the hexadecimal digits.
    int start = column.source().kind() == ValueKind.BYTES ? from + HEX_PREFIX : from;
    String wrong = column.check().problem(row, start, to);
    if (wrong != null && problem == null) {
      problem = column.source().name() + " " + wrong;
    }
    gathered.value(row, start, to, escaped);
  }

  /** Hands on what was gathered, once what was handed on before has arrived. */
  private void flush() {
    arrive();
    MariaDbGathered rows = gathered;
    FutureTask<Long> task = new FutureTask<>(() -> sender.send(rows));
    Thread thread = new Thread(task, "travaso-load");
    thread.setDaemon(true);
    thread.start();
    sending = new Sending(rows, task, thread);
    gathered = spare == null ? new MariaDbGathered() : spare;
    spare = null;
  }

  private void arrive() {
    Sending last = sending;
    if (last == null) {
      return;
    }
    try {
      taken += last.taken.get();
      sending = null;
      last.rows.clear();
      spare = last.rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SyncException.failed(
          "Loading rows of " + columns.table().label() + " was interrupted",
          "Nothing was written. Run the command again.");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable why) {
    if (why instanceof SyncException e) {
      return e;
    }
    return new IllegalStateException("The thread that loads rows failed", why);
  }

  @Override
  public long finish() {
    arrive();
    if (gathered.rows() > 0) {
      taken += sender.send(gathered);
      gathered.clear();
    }
    return taken;
  }

  /**
   * What was sent stands in a temporary table of this session, which ends with what it was for; but
   * the session is given back only when nobody uses it.
   */
  @Override
  public void close() {
    Sending last = sending;
    sending = null;
    boolean interrupted = false;
    while (last != null && last.thread.isAlive()) {
      try {
        last.thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
