package io.travaso.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines ahead, so that the end of the input is noticed while a line is still being worked on.
 * Whoever asked is gone then, and the work is for nobody. Until the first line is asked for, the
 * work is to get ready.
 */
final class LineReader extends BufferedReader {
  private final Runnable whenLost;
  private final Deque<String> lines = new ArrayDeque<>();
  private boolean working = true;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * @param whenLost is run, on another thread, if the input ends before its last line was worked on
   */
  LineReader(Reader in, Runnable whenLost) {
    super(in);
    this.whenLost = whenLost;
    Thread thread = new Thread(this::readAhead, "questions");
    thread.setDaemon(true);
    thread.start();
  }

  private void readAhead() {
    try {
      for (String line = super.readLine(); line != null; line = super.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
      }
    }
    boolean lost;
    synchronized (this) {
      ended = true;
      lost = working || !lines.isEmpty();
      notifyAll();
    }
    if (lost) {
      whenLost.run();
    }
  }

  /** The next line; asking for it says that the one before was worked on. */
  @Override
  public synchronized @Nullable String readLine() throws IOException {
    working = false;
    while (lines.isEmpty() && !ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    if (failure != null && lines.isEmpty()) {
      throw failure;
    }
    working = !lines.isEmpty();
    return lines.poll();
  }
}
