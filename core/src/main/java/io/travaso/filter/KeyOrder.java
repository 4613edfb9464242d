package io.travaso.filter;

import io.travaso.database.BulkText;
import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The order in which an export has a table's keys, so far as their bytes tell it: integers by their
 * value, whatever else by the bytes of its text. Keys are the first values of a row.
 *
 * <p>It is an order of all byte strings, and equal are only the same bytes. So whoever finds both
 * streams ascending in it can merge them, whatever the database thinks of them.
 */
public final class KeyOrder {
  private final boolean[] integers;

  private KeyOrder(boolean[] integers) {
    this.integers = integers;
  }

  /** The order of a key of these columns; empty where one has an order of the database's own. */
  static Optional<KeyOrder> of(List<Column> columns) {
    boolean[] integers = new boolean[columns.size()];
    for (int i = 0; i < integers.length; i++) {
      Column column = columns.get(i);
      integers[i] = isInteger(column);
      if (!integers[i] && !isOrderedByBytes(column)) {
        return Optional.empty();
      }
    }
    return Optional.of(new KeyOrder(integers));
  }

  private static boolean isInteger(Column column) {
    return column.kind() == ValueKind.INTEGER || column.kind() == ValueKind.BOOLEAN_NUMBER;
  }

  private static boolean isOrderedByBytes(Column column) {
    return switch (column.kind()) {
      case BYTES, BOOLEAN, TIMESTAMP -> true;
      case TEXT ->
          column.isUuid()
              || column.type().equals("date")
              || (column.textual() && !column.type().endsWith("citext"));
      default -> false;
    };
  }

  /** Where the key ends in a row that ends at {@code to}. */
  int end(byte[] row, int from, int to) {
    int columns = integers.length;
    int p = from;
    while (p < to && (row[p] != BulkText.SEPARATOR || --columns > 0)) {
      p++;
    }
    return p;
  }

  /** Compares two keys. */
  int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int p = aFrom;
    int q = bFrom;
    for (int i = 0; ; i++) {
      int pEnd = valueEnd(a, p, aTo);
      int qEnd = valueEnd(b, q, bTo);
      int order = integers[i] ? integers(a, p, pEnd, b, q, qEnd) : texts(a, p, pEnd, b, q, qEnd);
      if (order != 0 || i == integers.length - 1) {
        return order;
      }
      p = Math.min(pEnd + 1, aTo);
      q = Math.min(qEnd + 1, bTo);
    }
  }

  private static int valueEnd(byte[] row, int from, int to) {
    int p = from;
    while (p < to && row[p] != BulkText.SEPARATOR) {
      p++;
    }
    return p;
  }

  private static int integers(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    boolean aNegative = aFrom < aTo && a[aFrom] == '-';
    boolean bNegative = bFrom < bTo && b[bFrom] == '-';
    if (aNegative != bNegative) {
      return aNegative ? -1 : 1;
    }
    int order = Integer.compare(aTo - aFrom, bTo - bFrom);
    if (order == 0) {
      order = Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
    }
    return aNegative ? -order : order;
  }

  private static int texts(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int p = aFrom;
    int q = bFrom;
    while (p < aTo && q < bTo) {
      byte left = a[p++];
      byte right = b[q++];
      if (left == BulkText.ESCAPE && p < aTo) {
        left = BulkText.unescaped(a[p++]);
      }
      if (right == BulkText.ESCAPE && q < bTo) {
        right = BulkText.unescaped(b[q++]);
      }
      if (left != right) {
        return Byte.compareUnsigned(left, right);
      }
    }
    return Boolean.compare(p < aTo, q < bTo);
  }
}
