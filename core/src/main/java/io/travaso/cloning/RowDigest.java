package io.travaso.cloning;

import io.travaso.database.RowSink;
import io.travaso.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Tells whether the same rows were seen twice, in whatever order. */
final class RowDigest implements RowSink {
  private final RowSink next;
  private final MessageDigest digest = Sha256.digest();
  private long rows;
  private long high;
  private long low;

  RowDigest(RowSink next) {
    this.next = next;
  }

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    digest.update(buffer, offset, length);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    high += hash.getLong();
    low += hash.getLong();
    rows++;
    next.row(buffer, offset, length);
  }

  long rows() {
    return rows;
  }

  /** Differs where any row does. */
  String value() {
    return rows + ":" + Long.toHexString(high) + ":" + Long.toHexString(low);
  }
}
