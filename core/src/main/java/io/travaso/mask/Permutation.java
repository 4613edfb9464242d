package io.travaso.mask;

import java.util.Arrays;

/**
 * A keyed permutation of all sequences of symbols of one length: FF1 (NIST SP 800-38G), and where
 * there are too few of them for that, a Feistel network over numbers that walks its cycles until it
 * is among them again.
 */
final class Permutation {
  /** SP 800-38G Rev. 1 wants at least so many sequences. */
  private static final long LEAST = 1_000_000;

  /** Longer sequences are permuted in pieces, each under the one before it. */
  private static final int PIECE = 22;

  private static final int CONTEXT = 16;
  private static final int ROUNDS = 12;

  private final Ff1 ff1;
  private final KeyedHash rounds;
  private final KeyedHash contexts;

  Permutation(MaskKey key, String purpose) {
    this.ff1 = new Ff1(key.derive(purpose + " FF1"));
    this.rounds = new KeyedHash(key.derive(purpose + " few"));
    this.contexts = new KeyedHash(key.derive(purpose + " context"));
  }

  /**
   * Permutes symbols in place.
   *
   * @param radix how many symbols there are: each is from 0 to one less
   * @param count how many of them from the beginning
   * @param context what else decides on the permutation
   */
  void apply(byte[] symbols, int count, int radix, byte[] context, int contextLength) {
    byte[] hashed = new byte[0];
    if (contextLength > 0) {
      hashed = Arrays.copyOf(contexts.of(context, 0, contextLength), CONTEXT);
    }
    byte[] tweak = hashed;
    for (int from = 0; from < count; from += PIECE) {
      int length = Math.min(PIECE, count - from);
      if (from > 0) {
        tweak = Arrays.copyOf(hashed, hashed.length + PIECE);
        System.arraycopy(symbols, from - PIECE, tweak, hashed.length, PIECE);
      }
      piece(symbols, from, length, radix, tweak);
    }
  }

  private void piece(byte[] symbols, int from, int count, int radix, byte[] tweak) {
    long all = 1;
    for (int i = 0; i < count && all < LEAST; i++) {
      all *= radix;
    }
    if (all >= LEAST) {
      ff1.apply(symbols, from, count, radix, tweak);
      return;
    }
    int number = 0;
    for (int i = from; i < from + count; i++) {
      number = number * radix + symbols[i];
    }
    number = among((int) all, number, tweak);
    for (int i = from + count - 1; i >= from; i--) {
      symbols[i] = (byte) (number % radix);
      number /= radix;
    }
  }

  private int among(int all, int number, byte[] tweak) {
    int side = (int) Math.ceil(Math.sqrt(all));
    byte[] input = Arrays.copyOf(tweak, tweak.length + 9);
    put(input, tweak.length, all);
    int walked = number;
    do {
      int left = walked / side;
      int right = walked % side;
      for (int i = 0; i < ROUNDS; i++) {
        input[tweak.length + 4] = (byte) i;
        put(input, tweak.length + 5, right);
        int sum = (int) ((left + (number(rounds.of(input, 0, input.length)) >>> 1)) % side);
        left = right;
        right = sum;
      }
      walked = left * side + right;
    } while (walked >= all);
    return walked;
  }

  private static void put(byte[] into, int at, int number) {
    for (int i = 0; i < 4; i++) {
      into[at + i] = (byte) (number >> (8 * i));
    }
  }

  /** The first seven bytes: far more than any side is long. */
  private static long number(byte[] digest) {
    long number = 0;
    for (int i = 0; i < 7; i++) {
      number = (number << 8) | (digest[i] & 0xff);
    }
    return number;
  }
}
