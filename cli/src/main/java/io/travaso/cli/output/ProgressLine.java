package io.travaso.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One line on a terminal that is written over as work goes on. */
final class ProgressLine {
  private static final long PAUSE = Duration.ofMillis(100).toNanos();
  private static final double SECOND = 1e9;
  private static final int USUAL_COLUMNS = 80;

  private final PrintStream err;
  private final Style style;
  private final int columns;
  private final Messages messages;
  private final LongSupplier nanoTime;
  private String step = "";
  private long began;
  private long offset;
  private long last;
  private long shownAt;
  private boolean visible;

  /**
   * @param nanoTime the time in nanoseconds, from anywhere
   */
  ProgressLine(Console console, Messages messages, LongSupplier nanoTime) {
    this.err = console.err();
    this.style = console.errStyle();
    int known = console.terminal().columns();
    this.columns = known == 0 ? USUAL_COLUMNS : known;
    this.messages = messages;
    this.nanoTime = nanoTime;
    restart(0);
  }

  /** Work on a step begins. */
  void begin(String name) {
    step = name;
    restart(0);
    show(name);
  }

  private void restart(long done) {
    began = nanoTime.getAsLong();
    offset = done;
    last = done;
  }

  void at(String work, long done, long total) {
    if (done < last) {
      restart(0);
    }
    last = done;
    long now = nanoTime.getAsLong();
    if (!style.movable() || now - shownAt < PAUSE) {
      return;
    }
    double seconds = (now - began) / SECOND;
    long rate = seconds > 0 ? Math.round((done - offset) / seconds) : 0;
    String text =
        total > 0
            ? messages.text("progress.of", work, done, total, rate)
            : messages.text("progress", work, done, rate);
    show(step + " " + text);
  }

  private void show(String text) {
    if (!style.movable()) {
      return;
    }
    shownAt = nanoTime.getAsLong();
    String plain = style.text(text);
    err.print(
        "\r" + style.dim(plain.substring(0, Math.min(plain.length(), columns - 1))) + "\u001b[K");
    err.flush();
    visible = true;
  }

  /** Makes room for other text. */
  void clear() {
    if (visible) {
      err.print("\r\u001b[K");
      err.flush();
      visible = false;
    }
  }
}
