package io.travaso.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows of a table, by their codes.
 *
 * @param table its id
 * @param packed eight bytes a code
 */
// Not compared, and hundreds of thousands of numbers are no list.
@SuppressWarnings("ArrayRecordComponent")
public record Codes(String table, byte[] packed) {

  /** Of these codes. */
  public static Codes of(String table, long[] codes) {
    ByteBuffer packed = ByteBuffer.allocate(codes.length * Long.BYTES);
    packed.asLongBuffer().put(codes);
    return new Codes(table, packed.array());
  }

  /** Each code that is in any of these, once, in order. */
  public static long[] union(long[]... parts) {
    long[] all = new long[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int size = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, all, size, part.length);
      size += part.length;
    }
    // A stream's distinct() would make an object of each.
    Arrays.sort(all);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[kept++] = all[i];
      }
    }
    return Arrays.copyOf(all, kept);
  }

  /** The codes. */
  public long[] codes() {
    long[] codes = new long[packed.length / Long.BYTES];
    ByteBuffer.wrap(packed).asLongBuffer().get(codes);
    return codes;
  }
}
