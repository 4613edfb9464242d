package io.travaso.container;

import io.travaso.SyncException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for what we start in Docker, and the end of it whatever happens. */
final class Marker {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Marker() {}

  /** Twelve hexadecimal digits. */
  static String random() {
    byte[] bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Tidies up after a failure, which may have been an interrupt: that would end this, too. */
  static void undisturbed(Runnable tidying) {
    boolean interrupted = Thread.interrupted();
    try {
      tidying.run();
    } catch (SyncException e) {
      // What it tidies up after is told, and this would hide it.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
