package io.travaso.mask;

import io.travaso.SyncException;
import io.travaso.table.Content;

/**
 * Letters become other letters of the same case, digits other digits; all else stays as it is.
 * Different values have different masks. A value with characters beyond ASCII has its hash.
 */
final class FormatMask implements ValueMask {

  /** What stays at the beginning. */
  enum Beginning {
    NOTHING,
    /** Up to two letters. */
    COUNTRY,
    /** The two digits after a plus, where enough others follow. */
    PREFIX
  }

  private static final int LETTERS = 26;
  private static final int DIGITS = 10;
  private static final int ENOUGH = 8;

  private final Permutation permutation;
  private final KeyedText hash;
  private final Beginning beginning;
  private final ColumnMask column;
  private byte[] letters = new byte[64];
  private byte[] digits = new byte[64];

  FormatMask(MaskKey key, ColumnMask column, Beginning beginning) {
    this.permutation = new Permutation(key, column.kind().word());
    this.hash = new KeyedText(key.derive(column.kind().word() + " hash"));
    this.column = column;
    this.beginning = beginning;
  }

  @Override
  public void mask(MaskedValue value, MaskedValue row) {
    byte[] text = value.bytes;
    int length = value.length;
    for (int i = 0; i < length; i++) {
      if (text[i] < 0) {
        hash(value, row);
        return;
      }
    }
    if (letters.length < length) {
      letters = new byte[2 * length];
      digits = new byte[2 * length];
    }
    int from = kept(text, length);
    int letterCount = 0;
    int digitCount = 0;
    for (int i = from; i < length; i++) {
      byte b = text[i];
      if (isDigit(b)) {
        digits[digitCount++] = (byte) (b - '0');
      } else if (isLetter(b)) {
        letters[letterCount++] = (byte) ((b | 0x20) - 'a');
      }
    }
    // Each half decides on the other's permutation; read backwards they can be undone.
    permutation.apply(letters, letterCount, LETTERS, digits, digitCount);
    permutation.apply(digits, digitCount, DIGITS, letters, letterCount);
    int letter = 0;
    int digit = 0;
    for (int i = from; i < length; i++) {
      byte b = text[i];
      if (isDigit(b)) {
        text[i] = (byte) ('0' + digits[digit++]);
      } else if (isLetter(b)) {
        text[i] = (byte) ((b & 0x20) + 'A' + letters[letter++]);
      }
    }
    row.escape(text, length);
  }

  private void hash(MaskedValue value, MaskedValue row) {
    int room = column.room() == Content.ANY ? KeyedText.FULL : column.room();
    if (room < KeyedText.FULL && column.unique()) {
      throw SyncException.refused(
          "Masking %s.%s failed: a value has characters beyond ASCII, and there is no room for a hash in its place"
              .formatted(column.table(), column.column().name()),
          "Its values have to be different, so none can be cut: keep the column, or correct the"
              + " value.");
    }
    row.add(hash.of(value), 0, Math.min(room, KeyedText.FULL));
  }

  /** How much of the beginning stays. What stays decides on it alone, so that masks stay unique. */
  private int kept(byte[] text, int length) {
    if (beginning == Beginning.COUNTRY) {
      int kept = 0;
      while (kept < length && kept < 3 && isLetter(text[kept])) {
        kept++;
      }
      return kept > 2 ? 0 : kept;
    }
    if (beginning == Beginning.PREFIX && length > 2 && text[0] == '+') {
      boolean two = isDigit(text[1]) && isDigit(text[2]);
      return two && digits(text, length) >= ENOUGH ? 3 : 0;
    }
    return 0;
  }

  private static int digits(byte[] text, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += isDigit(text[i]) ? 1 : 0;
    }
    return count;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
