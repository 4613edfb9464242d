package io.travaso.filter;

import static io.travaso.filter.RowDigests.DIGEST_BYTES;
import static io.travaso.filter.RowDigests.ROW_BYTES;

import java.util.Arrays;

/** Numbers of so many bytes in an array, the highest byte first. */
final class Packed {
  private Packed() {}

  static void put(byte[] to, int at, long number, int width) {
    for (int i = 0; i < width; i++) {
      to[at + i] = (byte) (number >>> (8 * (width - 1 - i)));
    }
  }

  static long get(byte[] from, int at, int width) {
    long number = 0;
    for (int i = 0; i < width; i++) {
      number = (number << 8) | (from[at + i] & 0xff);
    }
    return number;
  }

  /** Rows that are collected, and ordered by their mixed codes. */
  static final class Rows {
    private long[] codes = new long[1 << 10];
    private long[] digests = new long[1 << 10];
    private int size;

    void add(long mixed, long digest) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, size * 2);
        digests = Arrays.copyOf(digests, size * 2);
      }
      codes[size] = mixed;
      digests[size++] = digest;
    }

    byte[] ordered() {
      byte[][] rows = new byte[size][ROW_BYTES];
      for (int i = 0; i < size; i++) {
        put(rows[i], 0, codes[i], Long.BYTES);
        put(rows[i], Long.BYTES, digests[i], DIGEST_BYTES);
      }
      // Equal codes by their digests, so that the same rows are in the same order.
      Arrays.sort(rows, Arrays::compareUnsigned);
      byte[] ordered = new byte[Math.multiplyExact(size, ROW_BYTES)];
      for (int i = 0; i < size; i++) {
        System.arraycopy(rows[i], 0, ordered, i * ROW_BYTES, ROW_BYTES);
      }
      return ordered;
    }
  }
}
