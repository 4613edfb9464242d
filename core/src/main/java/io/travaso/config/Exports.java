package io.travaso.config;

import java.nio.file.Path;

/**
 * Where the fixtures are kept, and what is in them.
 *
 * @param directory absolute, on this machine
 * @param keep how many are kept, at least one
 * @param thoroughEvery every how many syncs of a direction all rows are moved and compared,
 *     whatever their digests say; 0 for never
 */
public record Exports(Path directory, int keep, int thoroughEvery) {
  /** The default of {@code thorough-every}. */
  static final int THOROUGH_EVERY = 25;

  /** With the default of how often all rows are compared. */
  public Exports(Path directory, int keep) {
    this(directory, keep, THOROUGH_EVERY);
  }
}
