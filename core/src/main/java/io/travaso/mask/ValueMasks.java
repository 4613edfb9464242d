package io.travaso.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.table.Content;
import org.jspecify.annotations.Nullable;

/** Makes what masks the values of a column. */
final class ValueMasks {
  /** A name that no mail server will ever have (RFC 2606). */
  static final String EMAIL_ENDING = "@mask.invalid";

  /** What a mask of an address that need not be the only one has at least of its hash. */
  static final int SHORT_HASH = 8;

  private ValueMasks() {}

  static ValueMask of(ColumnMask column, @Nullable MaskKey key) {
    return switch (column.kind()) {
      case KEEP ->
          throw new IllegalArgumentException("Nothing to mask in " + column.column().name());
      case NULL -> new ConstantMask("\\N".getBytes(UTF_8));
      case FIXED -> constant(column.argument() == null ? "" : column.argument());
      case REDACT ->
          constant(
              Redaction.of(column.column(), column.room())
                  .orElseThrow(() -> new IllegalArgumentException(column.column().type())));
      case DATE -> new DateMask();
      case EMAIL -> {
        byte[] ending = EMAIL_ENDING.getBytes(UTF_8);
        yield new HashMask(hashKey(column, key), hashed(column, ending.length), ending);
      }
      case HASH -> new HashMask(hashKey(column, key), hashed(column, 0), new byte[0]);
      case NAME -> new NameMask(required(key), column);
      case FORMAT -> new FormatMask(required(key), column, FormatMask.Beginning.NOTHING);
      case DIGITS -> new FormatMask(required(key), column, FormatMask.Beginning.COUNTRY);
      case PHONE -> new FormatMask(required(key), column, FormatMask.Beginning.PREFIX);
    };
  }

  private static ValueMask constant(String text) {
    MaskedValue escaped = new MaskedValue();
    byte[] bytes = text.getBytes(UTF_8);
    escaped.escape(bytes, bytes.length);
    return new ConstantMask(java.util.Arrays.copyOf(escaped.bytes, escaped.length));
  }

  private static byte[] hashKey(ColumnMask column, @Nullable MaskKey key) {
    return required(key).derive(column.kind().word());
  }

  private static MaskKey required(@Nullable MaskKey key) {
    if (key == null) {
      throw new IllegalArgumentException("No key for a mask that needs one");
    }
    return key;
  }

  private static int hashed(ColumnMask column, int ending) {
    return column.room() == Content.ANY
        ? KeyedText.FULL
        : Math.min(KeyedText.FULL, column.room() - ending);
  }
}
