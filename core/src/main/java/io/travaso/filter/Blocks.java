package io.travaso.filter;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of rows, each by the bits that the mixed codes of its rows begin with.
 *
 * @param bits how many
 * @param prefixes of the blocks, ascending
 */
// Not compared.
@SuppressWarnings("ArrayRecordComponent")
record Blocks(int bits, long[] prefixes) {
  /** More are not needed, and would take memory: 16 million blocks. */
  static final int MOST_BITS = 24;

  static final Blocks WHOLE = new Blocks(0, new long[] {0});

  long prefix(long mixed) {
    return bits == 0 ? 0 : mixed >>> (Long.SIZE - bits);
  }

  Blocks chosen(byte @Nullable [] chosen) {
    if (chosen == null) {
      return this;
    }
    BitSet set = BitSet.valueOf(chosen);
    return new Blocks(bits, set.stream().mapToLong(i -> prefixes[i]).toArray());
  }

  Blocks split(int by) {
    if (bits + by > MOST_BITS) {
      throw new IllegalArgumentException("Blocks of " + (bits + by) + " bits");
    }
    long[] parts = new long[prefixes.length << by];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (prefixes[i >> by] << by) | (i & ((1 << by) - 1));
    }
    return new Blocks(bits + by, parts);
  }

  /** Finds a row's block, in constant time. */
  Places places() {
    return new Places(this);
  }

  static final class Places {
    private final Blocks blocks;
    private final boolean all;
    private final long[] words;
    private final int[] ranks;

    private Places(Blocks blocks) {
      this.blocks = blocks;
      this.all = blocks.prefixes.length == 1 << blocks.bits;
      int size = all ? 0 : (1 << blocks.bits) / Long.SIZE + 1;
      this.words = new long[size];
      this.ranks = new int[size];
      if (!all) {
        for (long prefix : blocks.prefixes) {
          words[(int) (prefix >>> 6)] |= 1L << prefix;
        }
        for (int i = 1; i < size; i++) {
          ranks[i] = ranks[i - 1] + Long.bitCount(words[i - 1]);
        }
      }
    }

    /** The index of a row's block, or -1. */
    int of(long mixed) {
      long prefix = blocks.prefix(mixed);
      if (all) {
        return (int) prefix;
      }
      int word = (int) (prefix >>> 6);
      long bit = 1L << prefix;
      return (words[word] & bit) == 0 ? -1 : ranks[word] + Long.bitCount(words[word] & (bit - 1));
    }
  }
}
