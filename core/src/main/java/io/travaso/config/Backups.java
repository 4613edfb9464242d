package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * Where backups are kept.
 *
 * @param directory absolute, on the environment's own host
 * @param keep how many of each kind stay
 * @param keepDays for how many days one stays even if it is beyond those; null for none
 */
public record Backups(String directory, int keep, @Nullable Integer keepDays) {
  /** Kept by their number alone. */
  public Backups(String directory, int keep) {
    this(directory, keep, null);
  }
}
