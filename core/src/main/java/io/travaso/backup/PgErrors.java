package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.host.CommandResult;
import java.util.List;

/** What it means when pg_dump or pg_restore fails. */
final class PgErrors {
  private static final int SHOWN = 20;

  private PgErrors() {}

  /**
   * The result, where the program succeeded.
   *
   * @param program its whole name
   * @param what what was being done
   */
  static CommandResult check(CommandResult result, String program, String what) {
    if (result.succeeded()) {
      return result;
    }
    List<String> errors =
        result.errorLines().stream()
            // The server's DETAIL shows values of rows, and so does the line of a COPY.
            .filter(line -> !line.contains("DETAIL:") && !line.contains("CONTEXT:  COPY"))
            .toList();
    throw new SyncException(
        SyncException.Kind.FAILED,
        "could not "
            + what
            + ": "
            + program.substring(program.lastIndexOf('/') + 1)
            + " ended with status "
            + result.exitStatus(),
        hint(String.join("\n", errors)),
        errors.subList(Math.max(0, errors.size() - SHOWN), errors.size()));
  }

  private static String hint(String text) {
    if (text.contains("password authentication failed") || text.contains("no password supplied")) {
      return "see the database's user and password";
    }
    if (text.contains("No space left on device")) {
      return "make room, or set another directory for backups";
    }
    if (text.contains("statement timeout") || text.contains("lock timeout")) {
      return "somebody holds a lock on a table: end that session, then try again";
    }
    if (text.contains("permission denied")) {
      return "a backup needs the right to read every table: grant it, or use the tables' owner";
    }
    return "";
  }
}
