package io.travaso.config;

import java.util.Optional;

/**
 * Reads a {@code .env} file as python-dotenv and Docker Compose do, without expanding variables: an
 * optional {@code export}, text in single quotes as it is, text in double quotes with {@code \n},
 * {@code \"} and the like, text without quotes up to a {@code #} after a blank. Quoted text may go
 * over several lines. Of several equal keys the last one counts.
 */
final class Dotenv {
  private final String text;
  private int at;

  private Dotenv(String text) {
    this.text = text.replace("\r\n", "\n");
  }

  /** The value of a key; empty when the key is not there. */
  static Optional<String> value(String text, String key) {
    return new Dotenv(text).find(key);
  }

  private Optional<String> find(String wanted) {
    Optional<String> found = Optional.empty();
    while (at < text.length()) {
      int end = endOfLine();
      String line = text.substring(at, end);
      int equals = line.indexOf('=');
      if (equals < 0 || line.stripLeading().startsWith("#")) {
        at = end + 1;
        continue;
      }
      String key = line.substring(0, equals).strip().replaceFirst("^export\\s+", "");
      at += equals + 1;
      String value = value();
      if (key.equals(wanted)) {
        found = Optional.of(value);
      }
    }
    return found;
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private String value() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    char first = at < text.length() ? text.charAt(at) : '\n';
    if ((first == '"' || first == '\'') && closingQuote(first) > 0) {
      int close = closingQuote(first);
      String quoted = text.substring(at + 1, close);
      at = close;
      at = endOfLine() + 1;
      return first == '"' ? unescaped(quoted) : quoted;
    }
    String plain = text.substring(at, endOfLine());
    at = endOfLine() + 1;
    return plain.replaceFirst("(^|\\s)#.*$", "").strip();
  }

  /** Where the quote at the current place is closed; -1 when it is not. */
  private int closingQuote(char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == quote) {
        return i;
      }
      if (text.charAt(i) == '\\' && quote == '"') {
        i++;
      }
    }
    return -1;
  }

  private static String unescaped(String quoted) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\' || i + 1 == quoted.length()) {
        plain.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case '"', '\\', '\'', '$' -> plain.append(escaped);
        default -> plain.append(c).append(escaped);
      }
    }
    return plain.toString();
  }
}
