package io.travaso.filter;

import io.travaso.SyncException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some rows of bulk text, one after the other, on their way from one thread to another. */
final class RowBlock {
  /** How many bytes it takes, unless its only row is longer. */
  private static final int BYTES = 1 << 18;

  private static final int ROWS = 1 << 12;

  byte[] bytes = new byte[BYTES];

  /** Where each row ends. */
  final int[] ends = new int[ROWS];

  /** Where each row's key ends. */
  final int[] keyEnds = new int[ROWS];

  int rows;
  boolean last;
  @Nullable RuntimeException failure;

  int used() {
    return rows == 0 ? 0 : ends[rows - 1];
  }

  boolean hasRoom(int length) {
    return rows == 0 || (rows < ROWS && BYTES - used() >= length);
  }

  /** Takes a row, for which there is room. */
  void add(byte[] row, int offset, int length, int keyLength) {
    int from = used();
    if (bytes.length - from < length) {
      bytes = new byte[length];
    }
    System.arraycopy(row, offset, bytes, from, length);
    keyEnds[rows] = from + keyLength;
    ends[rows++] = from + length;
  }

  void clear() {
    rows = 0;
    last = false;
    if (bytes.length > BYTES) {
      bytes = new byte[BYTES];
    }
  }

  /** The key of its last row. */
  byte[] lastKey() {
    int from = rows == 1 ? 0 : ends[rows - 2];
    return Arrays.copyOfRange(bytes, from, keyEnds[rows - 1]);
  }

  /** The failure that ended the reading, if it was not for the rows. */
  boolean isInterrupted() {
    return failure instanceof SyncException e && e.kind() == SyncException.Kind.INTERRUPTED;
  }
}
