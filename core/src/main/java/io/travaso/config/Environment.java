package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * One place where the application's data lives.
 *
 * @param name as in the configuration: {@code dev}, {@code prod}
 * @param isProtected whether a write asks for the environment's name to be typed
 * @param ssh how its host is reached; null when it is this machine
 * @param home the folder of the tool on that host, absolute; never null where there is {@code ssh}
 * @param database its database, as seen from its own host
 * @param backups where its backups are kept, on its own host
 * @param readFrom a standby of its database that rows are read from; null where that is the
 *     database itself
 * @param reading how gently rows are read
 */
public record Environment(
    String name,
    boolean isProtected,
    @Nullable Ssh ssh,
    @Nullable String home,
    DatabaseSettings database,
    Backups backups,
    @Nullable DatabaseSettings readFrom,
    Reading reading) {
  /** Whoever works there has processors left. */
  private static final int MOST_JOBS_OF_PROTECTED = 4;

  /** One that rows are read from as usual. */
  public Environment(
      String name,
      boolean isProtected,
      @Nullable Ssh ssh,
      @Nullable String home,
      DatabaseSettings database,
      Backups backups) {
    this(name, isProtected, ssh, home, database, backups, null, Reading.USUAL);
  }

  /** The same, read by so many jobs. */
  public Environment withJobs(int jobs) {
    Reading bounded =
        new Reading(reading.statementTimeout(), reading.pace(), reading.standbyWait(), jobs);
    return new Environment(name, isProtected, ssh, home, database, backups, readFrom, bounded);
  }

  /**
   * How many jobs read its rows: as many as was said, or else as the machine has processors; in a
   * protected one four at most.
   */
  public int jobs(int processors) {
    int jobs = reading.jobs() == 0 ? processors : reading.jobs();
    return isProtected ? Math.min(jobs, MOST_JOBS_OF_PROTECTED) : jobs;
  }

  /** Whether it lives on this machine. */
  public boolean isLocal() {
    return ssh == null;
  }
}
