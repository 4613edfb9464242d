package io.travaso.cli.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything by which a process talks to its user.
 *
 * @param variables the environment variables
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> variables,
    Terminal terminal,
    Language language) {

  public Console {
    variables = Map.copyOf(variables);
  }

  /** How standard output may look. */
  public Style outStyle() {
    return style(terminal.out());
  }

  /** How standard error may look. */
  public Style errStyle() {
    return style(terminal.err());
  }

  private Style style(boolean isTerminal) {
    boolean smart = isTerminal && !variables.getOrDefault("TERM", "").equals("dumb");
    return new Style(
        isTerminal && locale(variables).matches("(?i).*utf-?8.*"),
        smart && variables.getOrDefault("NO_COLOR", "").isEmpty(),
        smart);
  }

  /** The charset of text. Where none is named, as under cron, names pass through as UTF-8. */
  public static Charset charset(Map<String, String> variables) {
    String locale = locale(variables);
    int dot = locale.indexOf('.');
    if (dot < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = locale.substring(dot + 1).replaceFirst("@.*", "").toUpperCase(Locale.ROOT);
    try {
      return Charset.forName(name.equals("UTF8") ? "UTF-8" : name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // A locale that Java does not know: UTF-8 is the best guess today.
      return StandardCharsets.UTF_8;
    }
  }

  private static String locale(Map<String, String> variables) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = variables.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** Without the variables, which may hold secrets. */
  @Override
  public String toString() {
    return "Console[terminal=" + terminal + ", language=" + language + "]";
  }
}
