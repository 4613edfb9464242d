package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.BulkText;
import io.travaso.table.ValueKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A load in progress. Rows are gathered in the form that LOAD DATA takes, and sent a few megabytes
 * at a time, each in a statement of its own, into a temporary table that nobody else sees.
 *
 * <p>LOAD DATA knows fewer escapes than bulk text: {@code \f} and {@code \v} become the bytes they
 * stand for.
 */
final class MariaDbLoad implements BulkLoad {
  /** Bytes to send at a time; a row that is longer goes by itself. */
  static final int MOST = 4 << 20;

  private static final int MAX_KEY = 200;
  private static final int HEX_PREFIX = 3;

  private final MariaDbLoadColumns columns;
  private final Sender sender;
  private final int most;
  private byte[] bytes = new byte[1 << 16];
  private int length;
  private int[] starts = new int[1024];
  private int rows;
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
    long send(MariaDbLoad load);
  }

  /** The rows gathered: values separated by tabs, each row with its newline. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int rows() {
    return rows;
  }

  @Override
  public void row(byte[] row, int offset, int length) {
    if (this.length > 0 && this.length + length + 1L > most) {
      flush();
    }
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, rows * 2);
    }
    starts[rows++] = this.length;
    int end = offset + length;
    int from = offset;
    for (int i = 0; ; i++) {
      int to = from;
      while (to < end && row[to] != BulkText.SEPARATOR) {
        to++;
      }
      if (i > 0) {
        add(BulkText.SEPARATOR);
      }
      value(i, row, from, to);
      if (to == end) {
        break;
      }
      from = to + 1;
    }
    add(BulkText.END);
    if (problem != null) {
      throw SyncException.failed(
          "Loading rows of %s failed: %s %s: %s"
              .formatted(columns.table().label(), columns.table().label(), key(rows), problem),
          "Nothing was written. Correct the value in the source, or the column in the target.");
    }
  }

  private void value(int index, byte[] row, int from, int to) {
    MariaDbLoadColumns.Loaded column = columns.get(index);
    if (BulkText.isNull(row, from, to - from)) {
      copy(row, from, to);
      return;
    }
    // Of \\\\x6162, the hexadecimal digits.
    int start = column.source().kind() == ValueKind.BYTES ? from + HEX_PREFIX : from;
    String wrong = column.check().problem(row, start, to);
    if (wrong != null && problem == null) {
      problem = column.source().name() + " " + wrong;
    }
    copy(row, start, to);
  }

  private void copy(byte[] row, int from, int to) {
    ensure(to - from);
    for (int i = from; i < to; i++) {
      byte b = row[i];
      if (b == BulkText.ESCAPE && i + 1 < to && (row[i + 1] == 'f' || row[i + 1] == 'v')) {
        bytes[length++] = BulkText.unescaped(row[++i]);
      } else if (b == BulkText.ESCAPE && i + 1 < to) {
        bytes[length++] = b;
        bytes[length++] = row[++i];
      } else {
        bytes[length++] = b;
      }
    }
  }

  private void add(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max((long) length + more, bytes.length + (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 8L)));
    }
  }

  /** What the n-th gathered row is recognised by, cut where it is long; n from 1. */
  String key(int n) {
    if (n < 1 || n > rows) {
      return "";
    }
    int index = n - 1;
    int end = starts[index];
    while (end < length && bytes[end] != BulkText.END) {
      end++;
    }
    String[] values = new String(bytes, starts[index], end - starts[index], UTF_8).split("\t", -1);
    List<Integer> key = columns.key();
    String text =
        key.stream()
            .filter(i -> i < values.length)
            .map(i -> values[i])
            .collect(Collectors.joining(", "));
    return text.length() <= MAX_KEY ? text : text.substring(0, MAX_KEY) + "…";
  }

  private void flush() {
    taken += sender.send(this);
    length = 0;
    rows = 0;
  }

  @Override
  public long finish() {
    if (rows > 0) {
      flush();
    }
    return taken;
  }

  @Override
  public void close() {
    // What was sent stands in a temporary table of this session, which ends with what it was for.
  }
}
