package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.database.BulkText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that are gathered to be sent at once: values separated by tabs, each row with its newline.
 */
final class MariaDbGathered {
  private static final int MAX_KEY = 200;

  private byte[] bytes = new byte[1 << 16];
  private int length;
  private int[] starts = new int[1024];
  private int rows;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int rows() {
    return rows;
  }

  void clear() {
    length = 0;
    rows = 0;
  }

  void beginRow() {
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, rows * 2);
    }
    starts[rows++] = length;
  }

  void add(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  /** Adds a value of bulk text, of whose escapes LOAD DATA does not know all. */
  void value(byte[] row, int from, int to, boolean escaped) {
    ensure(to - from);
    if (!escaped) {
      System.arraycopy(row, from, bytes, length, to - from);
      length += to - from;
      return;
    }
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

  private void ensure(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max((long) length + more, bytes.length + (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 8L)));
    }
  }

  /** What the n-th row is recognised by, cut where it is long; n from 1. */
  String key(int n, List<Integer> key) {
    if (n < 1 || n > rows) {
      return "";
    }
    int index = n - 1;
    int end = starts[index];
    while (end < length && bytes[end] != BulkText.END) {
      end++;
    }
    String[] values = new String(bytes, starts[index], end - starts[index], UTF_8).split("\t", -1);
    String text =
        key.stream()
            .filter(i -> i < values.length)
            .map(i -> values[i])
            .collect(Collectors.joining(", "));
    return text.length() <= MAX_KEY ? text : text.substring(0, MAX_KEY) + "…";
  }
}
