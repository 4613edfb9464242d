package io.travaso.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.database.BulkText;
import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys in bulk text are ordered as what they stand for. */
class KeyOrderTest {
  private static final Column NUMBER = column("bigint", ValueKind.INTEGER, false);
  private static final Column TEXT = column("varchar(40)", ValueKind.TEXT, true);

  private static Column column(String type, ValueKind kind, boolean textual) {
    return new Column("c", type, kind, true, "=", textual, false, false, false, false, null);
  }

  @Property
  void integersByTheirValue(@ForAll BigInteger a, @ForAll BigInteger b) {
    assertThat(compare(List.of(NUMBER), a.toString(), b.toString())).isEqualTo(a.compareTo(b));
  }

  @Property
  void neighboursToo(@ForAll long a) {
    BigInteger next = BigInteger.valueOf(a).add(BigInteger.ONE);
    assertThat(compare(List.of(NUMBER), Long.toString(a), next.toString())).isEqualTo(-1);
  }

  @Property
  void textsByTheirBytes(@ForAll String a, @ForAll String b) {
    assertThat(compare(List.of(TEXT), escaped(a), escaped(b))).isEqualTo(bytes(a, b));
  }

  @Property
  void keysOfSeveralColumnsColumnByColumn(
      @ForAll String a, @ForAll String b, @ForAll byte c, @ForAll byte d, @ForAll String rest) {
    int texts = bytes(a, b);
    assertThat(
            compare(
                List.of(TEXT, NUMBER),
                escaped(a) + "\t" + c + "\t" + escaped(rest),
                escaped(b) + "\t" + d))
        .isEqualTo(texts != 0 ? texts : Integer.signum(Byte.compare(c, d)));
  }

  @Property
  void whereTheKeyEnds(@ForAll String key, @ForAll String rest) {
    byte[] row = (escaped(key) + "\t1\t" + escaped(rest)).getBytes(StandardCharsets.UTF_8);
    int length = escaped(key).getBytes(StandardCharsets.UTF_8).length;
    KeyOrder one = KeyOrder.of(List.of(TEXT)).orElseThrow();
    KeyOrder two = KeyOrder.of(List.of(TEXT, NUMBER)).orElseThrow();
    assertThat(one.end(row, 0, row.length)).isEqualTo(length);
    assertThat(two.end(row, 0, row.length)).isEqualTo(length + 2);
    assertThat(two.end(row, 0, length)).isEqualTo(length);
  }

  @Property
  void numbersWithFractionsHaveTheDatabasesOrder(@ForAll boolean first) {
    Column decimal = column("numeric(12,2)", ValueKind.TEXT, false);
    assertThat(KeyOrder.of(first ? List.of(decimal, NUMBER) : List.of(NUMBER, decimal))).isEmpty();
  }

  private static int compare(List<Column> columns, String a, String b) {
    byte[] left = a.getBytes(StandardCharsets.UTF_8);
    byte[] right = b.getBytes(StandardCharsets.UTF_8);
    KeyOrder order = KeyOrder.of(columns).orElseThrow();
    return Integer.signum(
        order.compare(
            left, 0, order.end(left, 0, left.length), right, 0, order.end(right, 0, right.length)));
  }

  private static int bytes(String a, String b) {
    return Integer.signum(
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
  }

  /** As bulk text has it. */
  private static String escaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte c : text.getBytes(StandardCharsets.UTF_8)) {
      byte letter = BulkText.escapeLetter(c);
      if (letter != 0) {
        out.write(BulkText.ESCAPE);
      }
      out.write(letter != 0 ? letter : c);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
