package io.travaso.cli.output;

/**
 * Which of the three streams are a terminal.
 *
 * @param columns its width; 0 where that is not known
 */
public record Terminal(boolean in, boolean out, boolean err, int columns) {

  /** None at all: pipes, files, cron. */
  public static final Terminal NONE = new Terminal(false, false, false, 0);

  /** Whether somebody sees a question and can answer it. */
  public boolean canAsk() {
    return in && err;
  }
}
