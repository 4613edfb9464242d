package io.travaso.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes and times that people write with a unit: {@code 2GB}, {@code 90s}. */
final class Amounts {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8}) ?(KB|MB|GB|TB)");
  private static final Pattern TIME = Pattern.compile("(0|[1-9][0-9]{0,5}) ?(s|m|h|d)");
  private static final Map<String, Integer> POWERS = Map.of("KB", 10, "MB", 20, "GB", 30, "TB", 40);

  private Amounts() {}

  /** A number of bytes, a kilobyte being 1024; 0 where the key was not written. */
  static long bytes(Section section, String key) {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return 0;
    }
    Matcher size = SIZE.matcher(text.get());
    if (!size.matches()) {
      section.problem(key, "is no size", "for example 500MB or 2GB");
      return 0;
    }
    return Long.parseLong(size.group(1)) << POWERS.getOrDefault(size.group(2), 0);
  }

  static Optional<Duration> duration(Section section, String key) {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text.get());
    if (!time.matches()) {
      section.problem(key, "is no time", "for example 90s, 10m, 24h or 7d");
      return Optional.empty();
    }
    long number = Long.parseLong(time.group(1));
    return Optional.of(
        switch (time.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
