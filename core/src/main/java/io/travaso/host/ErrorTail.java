package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its end in the background and keeps its last bytes. */
final class ErrorTail {
  private static final int KEPT = 64 * 1024;

  private final byte[] ring = new byte[KEPT];
  private long total;
  private final Thread thread;

  ErrorTail(InputStream errors, String name) {
    thread = new Thread(() -> drain(errors), "stderr of " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until the stream has ended, or for so long. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }

  synchronized String text() {
    int length = (int) Math.min(total, KEPT);
    byte[] tail = new byte[length];
    for (int i = 0; i < length; i++) {
      tail[i] = ring[(int) ((total - length + i) % KEPT)];
    }
    return new String(tail, UTF_8);
  }

  private void drain(InputStream errors) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // The command was killed or its connection broke. Whoever waits for it says which.
      byte[] note = ("\n(standard error was cut off: " + e.getMessage() + ")").getBytes(UTF_8);
      keep(note, note.length);
    }
  }

  private synchronized void keep(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (total++ % KEPT)] = bytes[i];
    }
  }
}
