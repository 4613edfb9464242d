package io.travaso.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The first of January of a date's year; of a time with it, its noon in UTC, which is that day in
 * all time zones. What is no such date, {@code infinity} or {@code 0000-00-00}, stays.
 */
final class DateMask implements ValueMask {
  private static final byte[] JANUARY = "-01-01".getBytes(US_ASCII);
  private static final byte[] NOON = " 12:00:00".getBytes(US_ASCII);

  @Override
  public void mask(MaskedValue value, MaskedValue row) {
    byte[] text = value.bytes;
    int year = 0;
    while (year < value.length && text[year] >= '0' && text[year] <= '9') {
      year++;
    }
    boolean zero = value.length > year + 2 && text[year + 1] == '0' && text[year + 2] == '0';
    if (year < 4 || year == value.length || text[year] != '-' || zero) {
      row.escape(text, value.length);
      return;
    }
    row.add(text, 0, year);
    row.add(JANUARY, 0, JANUARY.length);
    int at = year + JANUARY.length;
    if (at < value.length && text[at] == ' ' && at + 1 < value.length && text[at + 1] != 'B') {
      row.add(NOON, 0, NOON.length);
      at++;
      // What follows the time: its zone, and whether it was before Christ.
      while (at < value.length && (text[at] == ':' || text[at] == '.' || isDigit(text[at]))) {
        at++;
      }
    }
    for (int i = at; i < value.length; i++) {
      row.add(text[i]);
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
