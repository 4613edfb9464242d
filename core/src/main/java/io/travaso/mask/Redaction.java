package io.travaso.mask;

import io.travaso.table.Column;
import io.travaso.table.Content;
import java.util.Optional;

/** What stands where something was blacked out. */
final class Redaction {
  private static final String WORD = "redacted";

  private Redaction() {}

  /** Of a column, as its database's text; empty where its type has none. */
  static Optional<String> of(Column column, int room) {
    if (TextColumns.isDocument(column)) {
      return Optional.of("{}");
    }
    return switch (column.kind()) {
      case ARRAY -> Optional.of("{}");
      case HSTORE -> Optional.of("");
      case BYTES -> Optional.of("\\x");
      case TEXT ->
          column.type().equals("xml")
              ? Optional.of("<redacted/>")
              : TextColumns.isText(column)
                  ? Optional.of(
                      room == Content.ANY ? WORD : WORD.substring(0, Math.min(room, WORD.length())))
                  : Optional.empty();
      default -> Optional.empty();
    };
  }
}
