package io.travaso.pipeline;

import java.time.Duration;
import java.util.Locale;

/** Numbers in lines for people. */
final class Sizes {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private Sizes() {}

  /** In powers of 1000, as disks are sold: {@code 7.2 MB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format = unit > 0 && value < 10 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  /** A duration: {@code 340 ms}, {@code 12.3 s}, {@code 4 min 20 s}. */
  static String time(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    Duration duration = Duration.ofMillis(millis);
    return duration.toMinutes() == 0
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  /** With thousands set apart: {@code 12,345}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
