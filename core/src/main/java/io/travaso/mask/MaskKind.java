package io.travaso.mask;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a value becomes. */
public enum MaskKind {
  EMAIL,
  PHONE,
  DIGITS,
  FORMAT,
  NAME,
  HASH,
  REDACT,
  FIXED,
  NULL,
  DATE,
  KEEP;

  /** The kind of that name in a configuration. */
  public static Optional<MaskKind> of(String word) {
    return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
  }

  /** Its name in a configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its masks are words, so that only a column with text can have them. */
  boolean needsText() {
    return isKeyed();
  }

  /** Whether masks depend on the key. */
  public boolean isKeyed() {
    return isInjective() || this == NAME;
  }

  /** Whether different values have different masks. */
  public boolean isInjective() {
    return List.of(EMAIL, PHONE, DIGITS, FORMAT, HASH).contains(this);
  }
}
