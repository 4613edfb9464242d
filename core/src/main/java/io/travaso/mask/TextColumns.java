package io.travaso.mask;

import io.travaso.table.Column;
import io.travaso.table.Content;
import io.travaso.table.ValueKind;
import java.util.regex.Pattern;

/** Which columns hold text, and which may hold any. */
final class TextColumns {
  /** Types of nobody else's that can hold no words. */
  private static final Pattern WORDLESS =
      Pattern.compile(
          "(bit|interval|time|money|oid|xid|pg_lsn|macaddr|point|line|lseg|box|path|polygon|circle"
              + "|cidr|inet|int|smallint|bigint|numeric|decimal|float|double|real|bool|date|uuid"
              + "|geometry|geography|multipoint|linestring|multi).*");

  private static final Pattern WORDLESS_ELEMENTS = Pattern.compile(WORDLESS + "\\[\\]");

  private TextColumns() {}

  /** Whether it holds text as such: a mask can be any text that fits. */
  static boolean isText(Column column) {
    return column.content() instanceof Content.Text
        || (column.kind() == ValueKind.TEXT
            && column.textual()
            && column.content() instanceof Content.Other);
  }

  /** Whether it holds JSON, in whatever spelling. */
  static boolean isDocument(Column column) {
    return column.content() instanceof Content.Document
        || column.kind() == ValueKind.JSON_DOCUMENT
        || column.kind() == ValueKind.JSON_TEXT;
  }

  /** Whether somebody's name could stand in it, in whatever form. */
  static boolean mayHoldText(Column column) {
    return switch (column.kind()) {
      case JSON_DOCUMENT, JSON_TEXT, HSTORE, BYTES -> true;
      case ARRAY -> !WORDLESS_ELEMENTS.matcher(column.type()).matches();
      case TEXT ->
          isText(column)
              || isDocument(column)
              || (column.content() instanceof Content.Other
                  && !WORDLESS.matcher(column.type()).matches());
      default -> false;
    };
  }

  /** How many characters it has room for; {@link Content#ANY} where nothing says. */
  static int room(Column column) {
    if (!(column.content() instanceof Content.Text text)) {
      return Content.ANY;
    }
    int room = text.characters();
    // A tinytext says how many bytes; masks have one a character.
    boolean bytes = text.bytes() != Content.ANY && text.bytes() < Integer.MAX_VALUE;
    return room != Content.ANY ? room : bytes ? (int) text.bytes() : Content.ANY;
  }

  static boolean isPadded(Column column) {
    return column.content() instanceof Content.Text text && text.padded();
  }
}
