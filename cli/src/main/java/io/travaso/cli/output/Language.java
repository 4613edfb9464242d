package io.travaso.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The languages there are texts in. */
public enum Language {
  ENGLISH(Locale.UK, ""),
  ITALIAN(Locale.ITALY, "_it");

  private final Locale locale;
  private final String suffix;

  Language(Locale locale, String suffix) {
    this.locale = locale;
    this.suffix = suffix;
  }

  /** How numbers and dates are written. */
  public Locale locale() {
    return locale;
  }

  /** What the names of this language's bundles end with. */
  String suffix() {
    return suffix;
  }

  /**
   * The language that the environment variables ask for, as POSIX ranks them.
   *
   * @param otherwise what counts where they say nothing
   */
  public static Language of(Map<String, String> variables, Locale otherwise) {
    for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      String value = variables.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.equals("it") || value.matches("it[_.@].*") ? ITALIAN : ENGLISH;
      }
    }
    return otherwise.getLanguage().equals("it") ? ITALIAN : ENGLISH;
  }
}
