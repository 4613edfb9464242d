package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.util.List;

/** What it means when mariadb-dump fails. */
final class DumpErrors {
  private static final int SHOWN = 20;

  private final String what;

  /**
   * @param what what was being done
   */
  DumpErrors(String what) {
    this.what = what;
  }

  /** Waits for the program's end, whose output has been taken. */
  void requireSuccess(RunningCommand running, String program) {
    CommandResult result = running.waitFor();
    if (!result.succeeded()) {
      throw failed(
          program.substring(program.lastIndexOf('/') + 1)
              + " ended with status "
              + result.exitStatus(),
          result.errorLines());
    }
  }

  /** Its output could not be taken. */
  SyncException broken(RunningCommand running, IOException why) {
    running.close();
    return failed(PartFile.reason(why), running.errors().lines().toList());
  }

  SyncException locked() {
    return new SyncException(
        SyncException.Kind.FAILED,
        "could not " + what + ": it waited too long for a table",
        "somebody holds a lock on a table: end that session, then try again",
        List.of());
  }

  private SyncException failed(String why, List<String> errors) {
    return new SyncException(
        SyncException.Kind.FAILED,
        "could not " + what + ": " + why,
        hint(why + "\n" + String.join("\n", errors)),
        errors.subList(Math.max(0, errors.size() - SHOWN), errors.size()));
  }

  private static String hint(String text) {
    if (text.contains("1412")) {
      return "a table's structure was changed while it was dumped: try again when that is done";
    }
    if (text.contains("insufficient privileges to SHOW CREATE")) {
      return "a routine was made by somebody else: as an administrator, GRANT SELECT ON mysql.proc"
          + " (from MariaDB 11.3 on SHOW CREATE ROUTINE) to the database's user";
    }
    if (text.contains("1045")) {
      return "see the database's user and password";
    }
    if (text.contains("2026")) {
      return "mariadb-dump checks the name in the server's certificate with sslmode=verify-ca too:"
          + " connect by the name that is in it";
    }
    if (text.contains("denied")) {
      return "a backup needs the right to read all there is: grant it, or use the database's owner";
    }
    if (text.contains("1449") || text.contains("1356")) {
      return "a view refers to something that is not there any more: repair the view, or drop it";
    }
    if (text.contains("No space left on device")) {
      return "make room, or set another directory for backups";
    }
    return "";
  }
}
