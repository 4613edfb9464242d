package io.travaso.cli.output;

import io.travaso.SyncException;
import java.util.Locale;

/** The one table of exit codes, which scripts rely on. */
public enum ExitCode {
  /** Done, or nothing to do. */
  DONE(0),
  /** It did not work; the target is as it was before. */
  FAILED(1),
  /** The command or the configuration is wrong. */
  USAGE(2),
  /** A dry run with {@code --exit-code} found differences. */
  DIFFERENCES(3),
  /** Both sides changed the same rows. */
  CONFLICTS(4),
  /** A guard said no. */
  REFUSED(5),
  /** A host could not be reached, or a command on it failed. */
  HOST(6),
  /** Ctrl-C. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What the process exits with. */
  public int number() {
    return number;
  }

  /** The key of its texts: {@code failed}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The {@code status} that the JSON of an error has. */
  public String status() {
    return this == CONFLICTS || this == REFUSED ? key() : "failed";
  }

  /** The code of a failure. */
  public static ExitCode of(SyncException.Kind kind) {
    return switch (kind) {
      case FAILED -> FAILED;
      case CONFIGURATION -> USAGE;
      case CONFLICTS -> CONFLICTS;
      case REFUSED -> REFUSED;
      case HOST -> HOST;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
