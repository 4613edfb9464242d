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

  /** Whether it lives on this machine. */
  public boolean isLocal() {
    return ssh == null;
  }
}
