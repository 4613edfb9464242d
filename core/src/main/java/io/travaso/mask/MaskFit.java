package io.travaso.mask;

import io.travaso.table.Column;
import io.travaso.table.Content;
import java.util.Optional;

/** Whether a mask can keep what it promises in its column. */
final class MaskFit {
  private static final String NUMBER = "-?[0-9]{1,18}";
  private static final String DECIMAL = "-?[0-9]{1,18}([.][0-9]{1,18})?";

  private MaskFit() {}

  /** What is wrong with a mask, to follow the column's name, and what to do. */
  record Problem(String what, String hint) {}

  static Optional<Problem> problem(ColumnMask mask) {
    Column column = mask.column();
    if (mask.kind().needsText() && !TextColumns.isText(column)) {
      return refuse(
          "is of type %s, and %s masks text".formatted(column.type(), mask.kind().word()),
          "Such a column can be redact, null, {fixed: TEXT} or keep.");
    }
    if (mask.unique() && !mask.kind().isInjective() && mask.kind() != MaskKind.NULL) {
      return refuse(
          "has values that must differ from row to row or are referenced, and %s makes them equal"
              .formatted(mask.kind().word()),
          "Take hash or format, which keep them different.");
    }
    return switch (mask.kind()) {
      case EMAIL -> room(mask, ValueMasks.EMAIL_ENDING.length(), "a masked address");
      case HASH -> room(mask, 0, "a hash");
      case NAME ->
          mask.room() == Content.ANY || mask.room() >= Names.LONGEST
              ? Optional.empty()
              : tooNarrow(mask, "a name", Names.LONGEST);
      case REDACT ->
          Redaction.of(column, mask.room()).isPresent()
              ? Optional.empty()
              : refuse(
                  "is of type %s, which has nothing to stand for what was redacted"
                      .formatted(column.type()),
                  "Take null, {fixed: VALUE} or {date: year}.");
      case FIXED -> fixed(mask);
      case NULL ->
          column.nullable()
              ? Optional.empty()
              : refuse("may not be NULL", "Take redact or {fixed: TEXT}.");
      case DATE ->
          column.content() instanceof Content.Day || column.content() instanceof Content.Timestamp
              ? Optional.empty()
              : refuse(
                  "is of type %s and holds no dates".formatted(column.type()),
                  "Take redact, null or {fixed: TEXT}.");
      case PHONE, DIGITS, FORMAT, KEEP -> Optional.empty();
    };
  }

  private static Optional<Problem> room(ColumnMask mask, int ending, String what) {
    int hash = mask.unique() ? KeyedText.FULL : ending > 0 ? ValueMasks.SHORT_HASH : 1;
    return mask.room() == Content.ANY || mask.room() >= ending + hash
        ? Optional.empty()
        : tooNarrow(mask, what, ending + hash);
  }

  private static Optional<Problem> tooNarrow(ColumnMask mask, String what, int needed) {
    return refuse(
        "has room for %d characters, and %s needs %d%s"
            .formatted(
                mask.room(),
                what,
                needed,
                mask.unique() ? ", so that no two values have the same" : ""),
        "Take format, which keeps the length" + (mask.unique() ? "." : ", or redact."));
  }

  private static Optional<Problem> fixed(ColumnMask mask) {
    Column column = mask.column();
    String text = mask.argument() == null ? "" : mask.argument();
    if (TextColumns.isText(column)) {
      return mask.room() == Content.ANY || text.codePointCount(0, text.length()) <= mask.room()
          ? Optional.empty()
          : refuse(
              "has room for %d characters, and the fixed text has more".formatted(mask.room()),
              "Shorten it.");
    }
    boolean fits =
        switch (column.kind()) {
          case INTEGER, BOOLEAN_NUMBER -> text.matches(NUMBER);
          case FLOAT -> text.matches(DECIMAL);
          case TEXT ->
              TextColumns.isDocument(column)
                  ? isEmptyDocument(text)
                  : !(column.content() instanceof Content.Decimal) || text.matches(DECIMAL);
          case JSON_DOCUMENT, JSON_TEXT -> isEmptyDocument(text);
          case ARRAY -> text.equals("{}");
          case HSTORE -> text.isEmpty();
          case BOOLEAN, TIMESTAMP, BYTES, RANGE -> false;
        };
    return fits
        ? Optional.empty()
        : refuse(
            "is of type %s, and the fixed text is no value for it".formatted(column.type()),
            TextColumns.isDocument(column)
                ? "Take \"{}\", \"[]\" or redact."
                : "Take redact, null or keep.");
  }

  private static boolean isEmptyDocument(String text) {
    return text.equals("{}") || text.equals("[]");
  }

  private static Optional<Problem> refuse(String what, String hint) {
    return Optional.of(new Problem(what, hint));
  }
}
