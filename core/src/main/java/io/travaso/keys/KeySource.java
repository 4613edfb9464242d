package io.travaso.keys;

import org.jspecify.annotations.Nullable;

/**
 * How a table of the set gets its keys.
 *
 * @param table its full name
 * @param label its name for people
 * @param sequence the sequence they are drawn from; null for AUTO_INCREMENT
 * @param next the one that is drawn next
 * @param increment how far apart two are
 * @param offset which remainder all have, divided by that
 * @param byMeaning whether its rows are not recognised by the key
 */
public record KeySource(
    String table,
    String label,
    String column,
    @Nullable String sequence,
    long next,
    long increment,
    long offset,
    boolean byMeaning) {

  /** Whether two can draw the same number. */
  public boolean meets(KeySource other) {
    long divisor = gcd(Math.abs(increment), Math.abs(other.increment));
    return Math.floorMod(offset - other.offset, Math.max(1, divisor)) == 0;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
