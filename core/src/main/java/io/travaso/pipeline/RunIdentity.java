package io.travaso.pipeline;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A run's id, and who runs it.
 *
 * @param id its time in UTC and something random: unique, and ordered by time
 * @param by user@host
 */
public record RunIdentity(String id, String by) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public static RunIdentity create(Clock clock, String by) {
    int random = new SecureRandom().nextInt(1 << 24);
    return new RunIdentity(TIME.format(clock.instant()) + String.format("-%06x", random), by);
  }
}
