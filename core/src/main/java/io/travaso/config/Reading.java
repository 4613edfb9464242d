package io.travaso.config;

import java.time.Duration;

/**
 * How gently rows are read out of an environment.
 *
 * @param statementTimeout how long one statement may read; zero for as long as it takes
 * @param pace the percentage of the time in which it reads; in the rest it rests
 * @param standbyWait how long a standby may take to follow its primary
 * @param jobs how many processors of its server read at once, at most; 0 where nothing was said
 */
public record Reading(Duration statementTimeout, int pace, Duration standbyWait, int jobs) {
  /** More jobs than that are a slip of the keyboard. */
  public static final int MOST_JOBS = 256;

  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  /** As long as it takes, without a rest. */
  public static final Reading USUAL = new Reading(Duration.ZERO, 100, USUAL_WAIT);

  /** With as many jobs as is usual. */
  public Reading(Duration statementTimeout, int pace, Duration standbyWait) {
    this(statementTimeout, pace, standbyWait, 0);
  }

  static Reading read(Section section) {
    Reading read =
        new Reading(
            Amounts.duration(section, "statement-timeout").orElse(USUAL.statementTimeout),
            section.number("pace", USUAL.pace, 1, 100),
            Amounts.duration(section, "standby-wait").orElse(USUAL.standbyWait),
            section.number("jobs", USUAL.jobs, 1, MOST_JOBS));
    section.refuseUnknownKeys();
    return read;
  }
}
