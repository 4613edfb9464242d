package io.travaso.mask;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * FF1 (NIST SP 800-38G) with AES, for sequences whose halves fit into a {@code long}. BouncyCastle
 * has it for all, in BigIntegers: five times as slow, and there may be millions of values.
 */
final class Ff1 {
  private static final int BLOCK = 16;
  private static final int ROUNDS = 10;

  /** With these a remainder and one byte more stay below 2^63. */
  private static final long MOST = 1L << 54;

  private final Cipher aes;
  private final byte[] first = new byte[BLOCK];
  private final byte[] chain = new byte[BLOCK];
  private final byte[] sum = new byte[BLOCK];
  private byte[] blocks = new byte[BLOCK];

  Ff1(byte[] key) {
    try {
      // One block at a time, chained here: what ECB lacks is what FF1 adds.
      aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (NoSuchAlgorithmException | NoSuchPaddingException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  /**
   * Permutes symbols in place.
   *
   * @param count how many, from {@code from} on: so few that both halves are below 2^54
   */
  void apply(byte[] symbols, int from, int count, int radix, byte[] tweak) {
    int left = count / 2;
    int right = count - left;
    long leftAll = power(radix, left);
    long rightAll = power(radix, right);
    int bytes = (Long.SIZE - Long.numberOfLeadingZeros(rightAll - 1) + 7) / 8;
    int digest = 4 * ((bytes + 3) / 4) + 4;
    start(radix, left, count, tweak, bytes);
    long a = number(symbols, from, left, radix);
    long b = number(symbols, from + left, right, radix);
    for (int i = 0; i < ROUNDS; i++) {
      long all = i % 2 == 0 ? leftAll : rightAll;
      long c = (a + remainder(round(i, b, bytes), digest, all)) % all;
      a = b;
      b = c;
    }
    write(symbols, from, left, radix, a);
    write(symbols, from + left, right, radix, b);
  }

  private static long power(int radix, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= radix;
      if (power > MOST) {
        throw new IllegalArgumentException(exponent + " symbols of " + radix + " are too many");
      }
    }
    return power;
  }

  /**
   * What is the same in all rounds: the first block, enciphered, and the tweak with its filling.
   */
  private void start(int radix, int left, int count, byte[] tweak, int bytes) {
    Arrays.fill(first, (byte) 0);
    first[0] = 1;
    first[1] = 2;
    first[2] = 1;
    put(first, 3, radix, 3);
    first[6] = ROUNDS;
    first[7] = (byte) left;
    put(first, 8, count, 4);
    put(first, 12, tweak.length, 4);
    encipher(first, first);
    int length = (tweak.length + bytes + 1 + BLOCK - 1) / BLOCK * BLOCK;
    if (blocks.length != length) {
      blocks = new byte[length];
    }
    System.arraycopy(tweak, 0, blocks, 0, tweak.length);
    Arrays.fill(blocks, tweak.length, length, (byte) 0);
  }

  /** The pseudorandom function of a round: the last block of a chain over all. */
  private byte[] round(int round, long right, int bytes) {
    int end = blocks.length;
    blocks[end - bytes - 1] = (byte) round;
    put(blocks, end - bytes, right, bytes);
    System.arraycopy(first, 0, chain, 0, BLOCK);
    for (int at = 0; at < end; at += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        sum[i] = (byte) (chain[i] ^ blocks[at + i]);
      }
      encipher(sum, chain);
    }
    return chain;
  }

  private void encipher(byte[] from, byte[] to) {
    try {
      aes.update(from, 0, BLOCK, to, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("a block is a block", e);
    }
  }

  private static void put(byte[] into, int at, long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      into[at + i] = (byte) (number >> (8 * (bytes - 1 - i)));
    }
  }

  private static long remainder(byte[] digest, int length, long all) {
    long remainder = 0;
    for (int i = 0; i < length; i++) {
      remainder = ((remainder << 8) | (digest[i] & 0xff)) % all;
    }
    return remainder;
  }

  private static long number(byte[] symbols, int from, int count, int radix) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = number * radix + symbols[i];
    }
    return number;
  }

  private static void write(byte[] symbols, int from, int count, int radix, long number) {
    long rest = number;
    for (int i = from + count - 1; i >= from; i--) {
      symbols[i] = (byte) (rest % radix);
      rest /= radix;
    }
  }
}
