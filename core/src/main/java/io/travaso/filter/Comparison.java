package io.travaso.filter;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows that two sides have of a table, by questions to both: about blocks of some
 * dozens of rows, then about parts of those that differ, then about the rows of those parts. What
 * is answered is in proportion to what differs.
 */
public final class Comparison {
  /** How many rows a block of the first question has, about. */
  private static final int FIRST = 64;

  /** Into how many parts blocks are divided, as powers of two. */
  private static final int[] SPLITS = {3, 2};

  /** Where so many rows differ, they are not named one by one. */
  private static final long MOST = 200_000;

  private final String table;
  private final long most;
  private final int first;
  private int step;
  private byte @Nullable [] chosen;
  private @Nullable Difference difference;
  private boolean tooMuch;

  /**
   * Begins.
   *
   * @param here how many rows this side has
   * @param there how many rows the other has
   */
  public Comparison(String table, long here, long there) {
    long rows = Math.max(here, there);
    this.table = table;
    this.most = Math.min(MOST, Math.max(FIRST, rows / 4));
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, rows / FIRST) - 1);
    this.first = Math.min(bits, Blocks.MOST_BITS - Arrays.stream(SPLITS).sum());
    // Few rows are named at once.
    this.step = first == 0 ? SPLITS.length + 1 : 0;
    if (Math.abs(here - there) > most) {
      tooMuch = true;
    }
  }

  /** The next question; empty at the end. */
  public Optional<Question> next() {
    if (difference != null || tooMuch) {
      return Optional.empty();
    }
    int split = step == 0 ? first : step <= SPLITS.length ? SPLITS[step - 1] : 0;
    return Optional.of(new Question(table, chosen, split));
  }

  /** Takes both sides' answers to it. */
  public void answered(byte[] here, byte[] there) {
    if (step > SPLITS.length) {
      difference = difference(here, there);
      tooMuch = difference.here().length + difference.there().length > most;
      return;
    }
    if (here.length != there.length) {
      throw new IllegalStateException("Answers about other blocks of " + table);
    }
    int width = step == 0 ? RowDigests.SUM_BYTES : RowDigests.DIGEST_BYTES;
    BitSet different = new BitSet();
    for (int i = 0; i * width < here.length; i++) {
      if (!Arrays.equals(here, i * width, (i + 1) * width, there, i * width, (i + 1) * width)) {
        different.set(i);
      }
    }
    if (different.isEmpty()) {
      difference = new Difference(new long[0], new long[0]);
    }
    // Each has a row that differs, at least.
    tooMuch = different.cardinality() > most;
    chosen = different.toByteArray();
    step++;
  }

  private static Difference difference(byte[] here, byte[] there) {
    LongStream.Builder others = LongStream.builder();
    LongStream.Builder theirs = LongStream.builder();
    int h = 0;
    int t = 0;
    while (h < here.length || t < there.length) {
      int order = order(here, h, there, t);
      int hEnd = order <= 0 ? end(here, h) : h;
      int tEnd = order >= 0 ? end(there, t) : t;
      if (order < 0 || (order == 0 && !Arrays.equals(here, h, hEnd, there, t, tEnd))) {
        others.add(Mixed.code(Packed.get(here, h, Long.BYTES)));
      } else if (order > 0) {
        theirs.add(Mixed.code(Packed.get(there, t, Long.BYTES)));
      }
      h = hEnd;
      t = tEnd;
    }
    return new Difference(others.build().toArray(), theirs.build().toArray());
  }

  private static int order(byte[] here, int h, byte[] there, int t) {
    if (h == here.length || t == there.length) {
      return h == here.length ? 1 : -1;
    }
    return Arrays.compareUnsigned(here, h, h + Long.BYTES, there, t, t + Long.BYTES);
  }

  /** Where the rows with the same code end; there may be more than one with it. */
  private static int end(byte[] rows, int from) {
    int to = from + RowDigests.ROW_BYTES;
    while (to < rows.length
        && Arrays.equals(rows, from, from + Long.BYTES, rows, to, to + Long.BYTES)) {
      to += RowDigests.ROW_BYTES;
    }
    return to;
  }

  /** What differs; empty where so much does that it is not worth naming. */
  public Optional<Difference> difference() {
    if (difference == null && !tooMuch) {
      throw new IllegalStateException("There are more questions about " + table);
    }
    return tooMuch ? Optional.empty() : Optional.ofNullable(difference);
  }

  /** Compares what is in this process. */
  public static Optional<Difference> of(String table, RowDigests here, RowDigests there) {
    if (here.rows() == there.rows() && here.sum() == there.sum()) {
      return Optional.of(new Difference(new long[0], new long[0]));
    }
    Comparison comparison = new Comparison(table, here.rows(), there.rows());
    for (Optional<Question> next = comparison.next(); next.isPresent(); next = comparison.next()) {
      comparison.answered(here.answer(next.get()), there.answer(next.get()));
    }
    here.begin();
    there.begin();
    return comparison.difference();
  }
}
