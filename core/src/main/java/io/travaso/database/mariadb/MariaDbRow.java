package io.travaso.database.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.travaso.database.BulkText;
import io.travaso.database.mariadb.MariaDbText.Form;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** One row of a result as bulk text. Filled again for each row. */
final class MariaDbRow {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final Form[] forms;
  private byte[] bytes = new byte[1 << 16];
  private int length;

  MariaDbRow(List<Form> forms) {
    this.forms = forms.toArray(Form[]::new);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void read(ResultSet row) throws SQLException {
    length = 0;
    for (int i = 0; i < forms.length; i++) {
      if (i > 0) {
        add(BulkText.SEPARATOR);
      }
      byte[] value = row.getBytes(i + 1);
      if (value == null) {
        add(BulkText.ESCAPE);
        add((byte) 'N');
      } else {
        value(forms[i], value);
      }
    }
  }

  private void value(Form form, byte[] value) {
    switch (form) {
      case TEXT -> escaped(value);
      case PLAIN -> raw(value, value.length);
      case BYTES -> hexadecimal(value);
      case TIME -> raw(value, withoutZeros(value));
    }
  }

  /** The length of a time without the zeros at the end of its fraction. */
  private static int withoutZeros(byte[] value) {
    int end = value.length;
    boolean fraction = false;
    for (byte b : value) {
      fraction |= b == '.';
    }
    while (fraction && value[end - 1] == '0') {
      end--;
    }
    return fraction && value[end - 1] == '.' ? end - 1 : end;
  }

  private void raw(byte[] value, int count) {
    ensure(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
  }

  private void escaped(byte[] value) {
    int plain = plain(value);
    if (plain == value.length) {
      raw(value, plain);
      return;
    }
    ensure(2L * value.length);
    System.arraycopy(value, 0, bytes, length, plain);
    length += plain;
    for (int i = plain; i < value.length; i++) {
      byte b = value[i];
      byte letter = BulkText.escapeLetter(b);
      if (letter != 0) {
        bytes[length++] = BulkText.ESCAPE;
        bytes[length++] = letter;
      } else {
        bytes[length++] = b;
      }
    }
  }

  /** How many bytes stand for themselves before the first that may not; mostly all do. */
  private static int plain(byte[] value) {
    int i = 0;
    while (i < value.length && value[i] != BulkText.ESCAPE && (value[i] & 0xff) >= ' ') {
      i++;
    }
    return i;
  }

  private void hexadecimal(byte[] value) {
    ensure(2L * value.length + 3);
    bytes[length++] = BulkText.ESCAPE;
    bytes[length++] = BulkText.ESCAPE;
    bytes[length++] = 'x';
    for (byte b : value) {
      bytes[length++] = HEX[(b >> 4) & 15];
      bytes[length++] = HEX[b & 15];
    }
  }

  private void add(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  private void ensure(long more) {
    if (bytes.length - length < more) {
      long wanted = Math.max(length + more, bytes.length + (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 8L)));
    }
  }
}
