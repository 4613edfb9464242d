package io.travaso.mask;

import io.travaso.database.BulkText;
import java.util.Arrays;

/** Bytes that grow: a masked row being written, or a value without its escapes. */
final class MaskedValue {
  private static final int FIRST_ROOM = 1 << 10;

  byte[] bytes = new byte[FIRST_ROOM];
  int length;

  /** Appends bytes as they are. */
  void add(byte[] from, int offset, int count) {
    ensure(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Appends a byte as it is. */
  void add(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  /** Appends a value, with the escapes of bulk text. */
  void escape(byte[] value, int count) {
    ensure(2 * count);
    for (int i = 0; i < count; i++) {
      byte letter = BulkText.escapeLetter(value[i]);
      if (letter != 0) {
        bytes[length++] = BulkText.ESCAPE;
      }
      bytes[length++] = letter == 0 ? value[i] : letter;
    }
  }

  /** Takes a value of bulk text in place of what was there, without its escapes. */
  void unescape(byte[] from, int offset, int count) {
    length = 0;
    ensure(count);
    for (int i = offset; i < offset + count; i++) {
      byte b = from[i];
      if (b == BulkText.ESCAPE && i + 1 < offset + count) {
        b = BulkText.unescaped(from[++i]);
      }
      bytes[length++] = b;
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      int needed = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(needed * 3L / 2, 1 << 30)));
    }
  }
}
