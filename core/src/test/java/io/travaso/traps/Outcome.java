package io.travaso.traps;

import java.util.Locale;

/** How a trap may end; a silent loss is not among them. */
public enum Outcome {
  /** The rows arrive as they were, compared as text. */
  EXACT,
  /** A clear error that names table, column and key; nothing was written. */
  REFUSED,
  /** A difference that the documentation names. */
  DOCUMENTED;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
