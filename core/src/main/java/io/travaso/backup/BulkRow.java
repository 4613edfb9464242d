package io.travaso.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.travaso.backup.DumpedTable.DumpedColumn;
import io.travaso.backup.DumpedTable.Form;
import io.travaso.database.BulkText;
import java.io.IOException;
import java.util.Arrays;

/** Makes bulk text of values as SQL has them, in one buffer that grows to the longest row. */
final class BulkRow {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final byte[] NULL = "NULL".getBytes(ISO_8859_1);
  private static final byte BINARY = 'x';

  private byte[] out = new byte[1 << 12];
  private int used;

  void clear() {
    used = 0;
  }

  byte[] buffer() {
    return out;
  }

  int length() {
    return used;
  }

  /** What there is so far, byte for byte. */
  String bytes() {
    return new String(out, 0, used, ISO_8859_1);
  }

  void separator() {
    put(BulkText.SEPARATOR);
  }

  /** A text that stands for itself. */
  void text(byte[] bytes) {
    for (byte b : bytes) {
      text(b);
    }
  }

  /**
   * A value of a column.
   *
   * @param from where its SQL begins in the buffer
   * @param to where it ends
   */
  void value(DumpedColumn column, byte[] sql, int from, int to) throws IOException {
    Form form = column.form();
    if (Arrays.equals(sql, from, to, NULL, 0, NULL.length)) {
      put(BulkText.ESCAPE);
      put((byte) 'N');
    } else if (sql[from] == '\'') {
      begin(form);
      quoted(column, sql, from + 1, to - 1);
    } else if (to - from > 2 && sql[from] == '0' && sql[from + 1] == 'x') {
      begin(form);
      if (form == Form.BITS) {
        bits(column, sql, from + 2, to);
      } else {
        hexadecimal(column, sql, from + 2, to);
      }
    } else if (form == Form.TEXT && isNumber(sql, from, to)) {
      put(sql, from, to);
    } else {
      throw unreadable(column);
    }
  }

  private void begin(Form form) {
    if (form == Form.HEX) {
      put(BulkText.ESCAPE);
      put(BulkText.ESCAPE);
      put(BINARY);
    }
  }

  private void quoted(DumpedColumn column, byte[] sql, int from, int to) throws IOException {
    Form form = column.form();
    if (form == Form.BITS) {
      throw unreadable(column);
    }
    grow((to - from) * 2L);
    for (int i = from; i < to; i++) {
      byte b = sql[i] == '\\' && i + 1 < to ? unescaped(sql[++i]) : sql[i];
      if (form == Form.HEX) {
        hex(b);
      } else {
        text(b);
      }
    }
  }

  /** MariaDB's manual, "String Literals". */
  private static byte unescaped(byte c) {
    return switch (c) {
      case '0' -> 0;
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> 0x1a;
      default -> c;
    };
  }

  private void hexadecimal(DumpedColumn column, byte[] sql, int from, int to) throws IOException {
    grow(to - from);
    if ((to - from) % 2 != 0) {
      throw unreadable(column);
    }
    for (int i = from; i < to; i += 2) {
      byte b = (byte) (digit(column, sql[i]) << 4 | digit(column, sql[i + 1]));
      if (column.form() == Form.HEX) {
        hex(b);
      } else {
        text(b);
      }
    }
  }

  /** A bit field comes in whole bytes; it is shorter. */
  private void bits(DumpedColumn column, byte[] sql, int from, int to) throws IOException {
    int given = (to - from) * 4;
    int bits = column.bits();
    if (given < bits) {
      throw unreadable(column);
    }
    for (int i = 0; i < given; i++) {
      int bit = digit(column, sql[from + i / 4]) >> (3 - i % 4) & 1;
      if (i >= given - bits) {
        put((byte) ('0' + bit));
      } else if (bit != 0) {
        throw unreadable(column);
      }
    }
  }

  private static int digit(DumpedColumn column, byte c) throws IOException {
    int digit = Character.digit(c, 16);
    if (digit < 0) {
      throw unreadable(column);
    }
    return digit;
  }

  private static boolean isNumber(byte[] sql, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = sql[i];
      if ((c < '0' || c > '9') && c != '-' && c != '.' && c != 'e' && c != '+') {
        return false;
      }
    }
    return to > from;
  }

  private void hex(byte b) {
    put(DIGITS[b >> 4 & 15]);
    put(DIGITS[b & 15]);
  }

  private void text(byte b) {
    byte letter = BulkText.escapeLetter(b);
    if (letter == 0) {
      put(b);
    } else {
      put(BulkText.ESCAPE);
      put(letter);
    }
  }

  private void put(byte b) {
    if (used == out.length) {
      grow(1);
    }
    out[used++] = b;
  }

  private void put(byte[] bytes, int from, int to) {
    grow(to - from);
    System.arraycopy(bytes, from, out, used, to - from);
    used += to - from;
  }

  private void grow(long more) {
    if (out.length - used < more) {
      long wanted = Math.max(used + more, out.length * 2L);
      out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 16L, wanted));
    }
  }

  private static IOException unreadable(DumpedColumn column) {
    return new IOException("a value of the column " + column.name() + " that can't be read");
  }
}
