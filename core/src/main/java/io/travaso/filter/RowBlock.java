package io.travaso.filter;

import io.travaso.SyncException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some rows of bulk text, one after the other, on their way from one thread to another. */
final class RowBlock {
  /** How many bytes it takes, unless its only row is longer. */
  private static final int BYTES = 1 << 17;

  /** How many bytes of their text it takes. */
  private static final int TEXTS = 4 * BYTES;

  private static final int ROWS = 1 << 12;

  byte[] bytes = new byte[BYTES];

  /** Where each row ends. */
  final int[] ends = new int[ROWS];

  /** Where each row's key ends. */
  final int[] keyEnds = new int[ROWS];

  /** The records of the rows as text, where they were made. */
  byte[] texts = new byte[0];

  /** Where each row's text ends. */
  final int[] textEnds = new int[ROWS];

  int rows;
  boolean last;
  @Nullable RuntimeException failure;

  int used() {
    return rows == 0 ? 0 : ends[rows - 1];
  }

  boolean hasRoom(int length, int textLength) {
    return rows == 0
        || (rows < ROWS && BYTES - used() >= length && TEXTS - textEnds[rows - 1] >= textLength);
  }

  /** Takes a row, for which there is room. */
  void add(byte[] row, int offset, int length, int keyLength) {
    int from = used();
    if (bytes.length - from < length) {
      bytes = new byte[length];
    }
    System.arraycopy(row, offset, bytes, from, length);
    keyEnds[rows] = from + keyLength;
    textEnds[rows] = rows == 0 ? 0 : textEnds[rows - 1];
    ends[rows++] = from + length;
  }

  /** Takes the text of the row that was added last. */
  void addText(byte[] text, int length) {
    int from = textEnds[rows - 1];
    if (texts.length - from < length) {
      texts = Arrays.copyOf(texts, Math.max(from + length, Math.min(TEXTS, texts.length * 2)));
    }
    System.arraycopy(text, 0, texts, from, length);
    textEnds[rows - 1] = from + length;
  }

  void clear() {
    rows = 0;
    last = false;
    if (bytes.length > BYTES) {
      bytes = new byte[BYTES];
    }
    if (texts.length > TEXTS) {
      texts = new byte[0];
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
