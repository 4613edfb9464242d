package io.travaso.mask;

import io.travaso.database.BulkText;
import io.travaso.database.RowSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of one table on their way, with some of their values masked. */
final class MaskedRows implements RowSink {
  private final @Nullable ValueMask[] masks;
  private final boolean[] padded;
  private final RowSink next;
  private final MaskedValue value = new MaskedValue();
  private final MaskedValue row = new MaskedValue();

  /**
   * @param masks by value, in the row's order; null for those that go as they are
   * @param padded whether blanks at the end of a value don't count
   */
  MaskedRows(@Nullable ValueMask[] masks, boolean[] padded, RowSink next) {
    this.masks = masks;
    this.padded = padded;
    this.next = next;
  }

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    row.length = 0;
    int end = offset + length;
    int from = offset;
    for (int i = 0; i < masks.length; i++) {
      int to = from;
      while (to < end && buffer[to] != BulkText.SEPARATOR) {
        to++;
      }
      if (i > 0) {
        row.add(BulkText.SEPARATOR);
      }
      ValueMask mask = masks[i];
      if (mask == null || to == from || BulkText.isNull(buffer, from, to - from)) {
        row.add(buffer, from, to - from);
      } else {
        mask(mask, i, buffer, from, to - from);
      }
      boolean last = i == masks.length - 1;
      if (last ? to != end : to == end) {
        // Rather no export than one whose values are taken for others.
        throw new IOException("a row has not the values that its table has columns");
      }
      from = to + 1;
    }
    next.row(row.bytes, 0, row.length);
  }

  private void mask(ValueMask mask, int index, byte[] buffer, int from, int count) {
    value.unescape(buffer, from, count);
    if (padded[index]) {
      while (value.length > 0 && value.bytes[value.length - 1] == ' ') {
        value.length--;
      }
    }
    if (value.length > 0) {
      mask.mask(value, row);
    }
  }
}
