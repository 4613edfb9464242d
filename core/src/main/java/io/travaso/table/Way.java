package io.travaso.table;

import java.util.Optional;
import java.util.Set;

/** How the values of one engine's column get into another's, of a fixture into a target. */
public enum Way {
  /** As they stand in the fixture. */
  AS_IS,
  /** Without the blanks at their end, which don't count. */
  TRIMMED,
  /** True as 1, false as 0. */
  NUMBER,
  /** An identifier without its dashes. */
  WITHOUT_DASHES,
  /** A document of which the fixture has the text. */
  DOCUMENT,
  /** A document without a spelling of its own, in Django's: characters beyond ASCII as escapes. */
  ESCAPED_DOCUMENT,
  /** The text of a document that the fixture has. */
  DOCUMENT_TEXT,
  /** A document, in the target's spelling. */
  CANONICAL_DOCUMENT;

  private static final Set<String> TEXTS = Set.of("text", "char");
  private static final String HEX_DIGITS = "(32)";

  /**
   * How values get from one column into another, if each of them that has a home there has one.
   *
   * @param source what the source's column holds, as {@link Content#holds} says it
   * @param target the same of the target's
   */
  public static Optional<Way> between(String source, String target) {
    String from = kind(source);
    String to = kind(target);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return switch (from) {
      case "integer" -> asIs(to, "integer", "decimal", "flag", "year");
      case "year" -> asIs(to, "integer", "year");
      case "decimal" -> asIs(to, "decimal", "integer");
      case "float", "double" -> asIs(to, "float", "double");
      case "boolean" -> asIs(to, "boolean", "flag");
      case "flag" -> to.equals("integer") ? Optional.of(NUMBER) : asIs(to, "boolean", "flag");
      case "text" -> asIs(to, "text", "char", "label", "uuid", "address");
      case "char" ->
          TEXTS.contains(to) ? Optional.of(TRIMMED) : asIs(to, "label", "uuid", "address");
      case "label" -> asIs(to, "label", "text", "char");
      case "address" -> asIs(to, "address", "text", "char");
      case "uuid" ->
          TEXTS.contains(to) && target.endsWith(HEX_DIGITS)
              ? Optional.of(WITHOUT_DASHES)
              : asIs(to, "uuid", "text", "char");
      // A time of no zone is a moment only where its database says that it keeps UTC.
      case "moment" -> asIs(to, "moment", "datetime");
      case "datetime" -> asIs(to, "datetime", "timestamp", "moment");
      case "timestamp" -> asIs(to, "timestamp", "datetime");
      case "jsonb", "json", "json-text" -> document(from, to);
      default -> asIs(to, from);
    };
  }

  private static Optional<Way> asIs(String to, String... homes) {
    return Set.of(homes).contains(to) ? Optional.of(AS_IS) : Optional.empty();
  }

  private static Optional<Way> document(String from, String to) {
    boolean text = from.equals("json-text");
    return switch (to) {
      case "json" -> Optional.of(text ? DOCUMENT : from.equals("jsonb") ? ESCAPED_DOCUMENT : AS_IS);
      case "jsonb" -> text ? Optional.empty() : Optional.of(CANONICAL_DOCUMENT);
      case "json-text" -> Optional.of(text ? AS_IS : DOCUMENT_TEXT);
      default -> Optional.empty();
    };
  }

  private static String kind(String holds) {
    int measure = holds.indexOf('(');
    return measure < 0 ? holds : holds.substring(0, measure);
  }

  private static String measure(String holds) {
    return holds.substring(kind(holds).length());
  }

  /**
   * Whether two columns that hold the same differ in length, precision or scale, where both say
   * one.
   */
  public static boolean measuresDiffer(String one, String other) {
    boolean comparable =
        kind(one).equals(kind(other)) || (TEXTS.contains(kind(one)) && TEXTS.contains(kind(other)));
    return comparable
        && !measure(one).isEmpty()
        && !measure(other).isEmpty()
        && !measure(one).equals(measure(other));
  }
}
