package io.travaso.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;

/**
 * A value's hash as letters and digits, five bits each. Values that differ only in upper and lower
 * case have hashes that do: for a database they stay as equal, or as different, as they were.
 */
final class KeyedText {
  /** All of it: 80 bits, with which no two among millions of values meet. */
  static final int FULL = 16;

  private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(UTF_8);
  private static final int EXACT = 1;
  private static final int FOLDED = 0;

  private final KeyedHash hash;
  private final byte[] text = new byte[FULL];

  KeyedText(byte[] key) {
    hash = new KeyedHash(key);
  }

  /** The 16 characters of a value; they are others after the next call. */
  byte[] of(MaskedValue value) {
    byte[] exact = value.bytes;
    int length = value.length;
    if (hasUpperCase(exact, length)) {
      byte[] folded = new String(exact, 0, length, UTF_8).toLowerCase(Locale.ROOT).getBytes(UTF_8);
      boolean same = Arrays.equals(folded, 0, folded.length, exact, 0, length);
      encode(hash.of(FOLDED, folded, 0, folded.length));
      if (!same) {
        raise(hash.of(EXACT, exact, 0, length));
      }
    } else {
      encode(hash.of(FOLDED, exact, 0, length));
    }
    return text;
  }

  /** Whether it may have some; beyond ASCII only Java knows. */
  private static boolean hasUpperCase(byte[] value, int length) {
    for (int i = 0; i < length; i++) {
      if (value[i] < 0 || (value[i] >= 'A' && value[i] <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  private void encode(byte[] digest) {
    int at = 0;
    for (int i = 0; i < FULL; i += 8) {
      long five = 0;
      for (int k = 0; k < 5; k++) {
        five = (five << 8) | (digest[at++] & 0xff);
      }
      for (int k = 7; k >= 0; k--) {
        text[i + 7 - k] = ALPHABET[(int) ((five >> (5 * k)) & 31)];
      }
    }
  }

  /** Puts letters into upper case, as the hash says, at least one. */
  private void raise(byte[] digest) {
    boolean raised = false;
    for (int i = 0; i < FULL; i++) {
      boolean chosen = (digest[i] & 1) == 1;
      if (chosen && isLetter(text[i])) {
        text[i] = upper(text[i]);
        raised = true;
      }
    }
    for (int i = 0; i < FULL && !raised; i++) {
      if (isLetter(text[i])) {
        text[i] = upper(text[i]);
        raised = true;
      }
    }
  }

  private static byte upper(byte letter) {
    return (byte) (letter - 'a' + 'A');
  }

  private static boolean isLetter(byte b) {
    return b >= 'a' && b <= 'z';
  }
}
