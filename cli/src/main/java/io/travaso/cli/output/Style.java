package io.travaso.cli.output;

import java.util.List;

/**
 * How text may look.
 *
 * @param symbols whether symbols beyond ASCII can be shown
 * @param colours whether colours can and may be shown
 * @param movable whether a line can be written over
 */
public record Style(boolean symbols, boolean colours, boolean movable) {

  /** For pipes and files. */
  public static final Style PLAIN = new Style(false, false, false);

  private static final List<List<String>> ASCII =
      List.of(
          List.of(" · ", ", "),
          List.of("·", ","),
          List.of("→", "->"),
          List.of("…", "..."),
          List.of("✓", "ok"),
          List.of("✗", "!!"),
          List.of("—", "-"));

  /** The text with its symbols, or with what stands for them in ASCII. Letters stay. */
  public String text(String text) {
    if (symbols) {
      return text;
    }
    String plain = text;
    for (List<String> symbol : ASCII) {
      plain = plain.replace(symbol.get(0), symbol.get(1));
    }
    return plain;
  }

  public String bold(String text) {
    return coloured("1", text);
  }

  public String dim(String text) {
    return coloured("2", text);
  }

  public String red(String text) {
    return coloured("31", text);
  }

  public String green(String text) {
    return coloured("32", text);
  }

  public String yellow(String text) {
    return coloured("33", text);
  }

  private String coloured(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
