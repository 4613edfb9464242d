package io.travaso.config;

import java.time.Duration;

/**
 * How gently rows are read out of an environment.
 *
 * @param statementTimeout how long one statement may read; zero for as long as it takes
 * @param pace the percentage of the time in which it reads; in the rest it rests
 * @param standbyWait how long a standby may take to follow its primary
 */
public record Reading(Duration statementTimeout, int pace, Duration standbyWait) {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  /** As long as it takes, without a rest. */
  public static final Reading USUAL = new Reading(Duration.ZERO, 100, USUAL_WAIT);

  static Reading read(Section section) {
    Reading read =
        new Reading(
            Amounts.duration(section, "statement-timeout").orElse(USUAL.statementTimeout),
            section.number("pace", USUAL.pace, 1, 100),
            Amounts.duration(section, "standby-wait").orElse(USUAL.standbyWait));
    section.refuseUnknownKeys();
    return read;
  }
}
