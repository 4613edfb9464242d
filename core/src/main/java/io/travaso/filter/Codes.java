package io.travaso.filter;

import java.nio.ByteBuffer;

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

  /** The codes. */
  public long[] codes() {
    long[] codes = new long[packed.length / Long.BYTES];
    ByteBuffer.wrap(packed).asLongBuffer().get(codes);
    return codes;
  }
}
