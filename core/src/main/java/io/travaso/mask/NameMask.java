package io.travaso.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.table.Content;
import java.util.List;
import java.util.Locale;

/** Somebody's name: of one word for one word, of two for more. */
final class NameMask implements ValueMask {
  /** What two names need. */
  static final int ROOM = 2 * Names.LONGEST + 1;

  private final KeyedText hash;
  private final boolean two;

  NameMask(MaskKey key, ColumnMask column) {
    this.hash = new KeyedText(key.derive(column.kind().word()));
    this.two = column.room() == Content.ANY || column.room() >= ROOM;
  }

  @Override
  public void mask(MaskedValue value, MaskedValue row) {
    String text = new String(value.bytes, 0, value.length, UTF_8).strip();
    byte[] digest = hash.of(value);
    String last = pick(Names.LAST, digest, 0);
    String name =
        two && text.indexOf(' ') >= 0
            ? pick(Names.FIRST, digest, KeyedText.FULL / 2) + " " + last
            : last;
    boolean loud = text.equals(text.toUpperCase(Locale.ROOT));
    byte[] mask = (loud ? name.toUpperCase(Locale.ROOT) : name).getBytes(UTF_8);
    row.add(mask, 0, mask.length);
  }

  private static String pick(List<String> names, byte[] digest, int from) {
    int number = 0;
    for (int i = from; i < from + KeyedText.FULL / 2; i++) {
      number = number * 31 + (digest[i] | 0x20);
    }
    return names.get(Math.floorMod(number, names.size()));
  }
}
