package io.travaso.database;

import java.io.IOException;

/** Takes digests of rows, one a call. */
@FunctionalInterface
public interface DigestSink {

  /**
   * Takes the digest of one row.
   *
   * @param code 64 bits of the values the row is matched by
   * @param hash 64 bits of all its other values; 0 where nobody knows
   */
  void row(long code, long hash) throws IOException;
}
