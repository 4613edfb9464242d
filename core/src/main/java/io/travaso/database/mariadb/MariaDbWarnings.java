package io.travaso.database.mariadb;

import io.travaso.SyncException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server warns of is what it changed without being asked: a text cut, a number rounded, a
 * value it could not read. None of them passes.
 */
final class MariaDbWarnings {
  private MariaDbWarnings() {}

  /** Refuses to go on where a statement left any warning; asks the server only if it counts one. */
  static void refuse(Statement statement) throws SQLException {
    SQLWarning warning = statement.getWarnings();
    List<String> warnings = new ArrayList<>();
    for (; warning != null; warning = warning.getNextWarning()) {
      if (!MariaDbErrors.HARMLESS.contains(warning.getErrorCode())) {
        warnings.add(
            MariaDbErrors.withoutValues(
                warning.getErrorCode(), String.valueOf(warning.getMessage())));
      }
    }
    if (!warnings.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "The server warned, so it did something else than it was told; nothing is kept",
          "A warning means that a value would have been changed. Compare the two databases'"
              + " columns; if they are equal, please report it with the warning's number.",
          warnings);
    }
  }
}
