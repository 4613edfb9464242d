package io.travaso.cli.output;

import java.io.PrintStream;

/** Where text for people goes. */
public final class Page {
  private final PrintStream out;
  private final Messages messages;
  private final Style style;
  private final int columns;

  /**
   * @param columns its width; 0 where that is not known
   */
  public Page(PrintStream out, Messages messages, Style style, int columns) {
    this.out = out;
    this.messages = messages;
    this.style = style;
    this.columns = columns;
  }

  public Messages messages() {
    return messages;
  }

  public Style style() {
    return style;
  }

  int columns() {
    return columns;
  }

  /** Writes a line as it is, with its symbols in ASCII where others can't be shown. */
  public void line(String line) {
    out.println(style.text(line));
  }

  /** Writes a line that stays open. */
  void prompt(String text) {
    out.print(style.text(text));
    out.flush();
  }

  /** Writes a text of the bundles. */
  public void text(String key, Object... args) {
    line(messages.text(key, args));
  }

  public void blank() {
    out.println();
  }

  /** Writes a table, its headings in bold. */
  public void table(TextTable table) {
    boolean heading = true;
    for (String line : table.lines()) {
      line(heading ? style.bold(line) : line);
      heading = false;
    }
  }
}
