package io.travaso.database.mariadb;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What MariaDB's errors and warnings mean to a user. Codes: the manual's list of error codes. */
final class MariaDbErrors {
  static final int LOCK_WAIT = 1205;
  static final int DEADLOCK = 1213;
  static final int CHANGED_SINCE_READ = 1020;

  /** A node of a cluster that is in no majority, or just joining. */
  static final int NOT_READY = 1047;

  private static final int TOO_LARGE = 1180;

  /**
   * Warnings that speak of no value: a table is there already, a word or setting will be another in
   * a version to come, and a view that somebody else's query made the server look at is broken.
   */
  static final Set<Integer> HARMLESS = Set.of(1050, 1287, 1356, 1681);

  /** Whose messages quote values, or say what a trigger's author wrote. */
  private static final Set<Integer> QUOTING =
      Set.of(
          1062, 1105, 1264, 1265, 1291, 1292, 1300, 1366, 1367, 1411, 1416, 1525, 1526, 1586, 1644,
          1690, 1761, 1762, 1916, 1918, 3819, 4038, 4079);

  private static final Pattern DUPLICATE_KEY = Pattern.compile(" for key '([^']*)'$");
  private static final Pattern COLUMN =
      Pattern.compile("column (?:`[^`]*`\\.`[^`]*`\\.)?[`']([^`']+)[`']");

  private MariaDbErrors() {}

  static SyncException explain(String doing, Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof SQLException) && !(cause instanceof SyncException)) {
      cause = cause.getCause();
    }
    if (cause instanceof SyncException known) {
      return known;
    }
    if (!(cause instanceof SQLException sql)) {
      return new SyncException(
          Kind.FAILED, doing + " failed: " + failure.getMessage(), "", failure);
    }
    return explain(doing, sql);
  }

  private static SyncException explain(String doing, SQLException failure) {
    int code = failure.getErrorCode();
    String what = doing + " failed: ";
    if (isTooLarge(failure)) {
      return new SyncException(
          Kind.REFUSED,
          what + "it is too large a transaction for the Galera cluster",
          "Nothing was written. Raise wsrep_max_ws_rows or wsrep_max_ws_size at every node (SET"
              + " GLOBAL), or sync fewer tables at once with --tables.",
          failure);
    }
    if (QUOTING.contains(code)) {
      // Without the cause too, whose message is the server's.
      return new SyncException(
          kind(failure), what + withoutValues(code, text(failure)), hint(failure), List.of());
    }
    return new SyncException(kind(failure), what + text(failure), hint(failure), failure);
  }

  /** Galera has no number of its own for it. */
  private static boolean isTooLarge(SQLException failure) {
    String text = text(failure);
    return (failure.getErrorCode() == TOO_LARGE && text.contains("wsrep_max_ws_rows"))
        || (failure.getErrorCode() == 1105 && text.contains("writeset size exceeded"));
  }

  /** The server's message, without the driver's number of the connection. */
  private static String text(SQLException failure) {
    String message = failure.getMessage();
    return message == null
        ? "error " + failure.getErrorCode()
        : message.replaceFirst("^\\(conn[=:]?\\s*\\d+\\) ", "");
  }

  /** What an error or a warning says, without the value it says it of. */
  static String withoutValues(int code, String message) {
    String text =
        switch (code) {
          case 1062, 1586 ->
              DUPLICATE_KEY
                  .matcher(message)
                  .results()
                  .findFirst()
                  .map(m -> "two rows would hold the same value of the key " + m.group(1))
                  .orElse("two rows would hold the same value of a unique key");
          case 1048 -> "it is NULL, and its column is NOT NULL";
          case 1406 -> "a text is too long for its column";
          case 1264, 1690 -> "a number is out of its type's range";
          case 1265 -> "a value does not fit its column unchanged";
          case 1292, 1300, 1411, 1525, 1916, 1918 -> "a text is no value of its column's type";
          case 1366 -> "a text is no value of its column's type, or has a character it can't hold";
          case 1526 -> "no partition takes a row";
          case 1644 -> "a trigger or routine of the database refuses what is written";
          case 4025, 3819 -> "a CHECK constraint refuses a row";
          default -> "the database says no";
        };
    String column =
        COLUMN.matcher(message).results().findFirst().map(m -> " in " + m.group(1)).orElse("");
    return text + column + " (error " + code + ")";
  }

  private static Kind kind(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case LOCK_WAIT, DEADLOCK, CHANGED_SINCE_READ, NOT_READY, 1099, 1100 -> Kind.REFUSED;
      case 1317 -> Kind.INTERRUPTED;
      default -> Kind.FAILED;
    };
  }

  private static String hint(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (failure.getErrorCode()) {
      case LOCK_WAIT ->
          "Another session holds a lock on it; nothing was written. Run the command again when it"
              + " is done.";
      case DEADLOCK, CHANGED_SINCE_READ ->
          "It collided with another session; nothing was written. Run it again.";
      case NOT_READY ->
          "The node takes no statements: it is in no majority of its Galera cluster, or just"
              + " joining.";
      case 1045, 1698 -> "Check the user and the password's reference in the configuration.";
      case 1044, 1142, 1143, 1227, 1370 ->
          "Grant the user the right that is missing; `sync doctor` lists what is needed.";
      case 1049 -> "Check the database's name in the configuration, or create the database.";
      case 1040, 1203, 1226 -> "The server takes no connections now. Try again in a moment.";
      case 1153 -> "A row is larger than the server's max_allowed_packet. Raise it there.";
      case 1665 ->
          "The server logs statements; let it log rows: binlog_format = MIXED, as it is by default,"
              + " or ROW.";
      case 1412 -> "A table was altered while it was read. Run the command again.";
      case 1021, 1114 -> "The server's disk or tablespace is full. Free some space.";
      case 1290, 1836 -> "The server is read-only. Name the primary in its URL.";
      case 1062, 1586 ->
          "Another row holds this unique value already; nothing was written. Compare the two rows.";
      case 1452, 1216 ->
          "A row references one that does not exist; nothing was written. Add its table to the"
              + " set.";
      case 1451, 1217 ->
          "A row that is referenced would go; nothing was written. Add the table to the set.";
      case 1048, 4025, 3819 ->
          "The target's constraint refuses a row; nothing was written. Correct the row in the"
              + " source.";
      case 1264, 1265, 1292, 1366, 1406, 1690 ->
          "The value does not fit the target's column. Compare the two databases' columns.";
      case 1644 -> "A trigger or routine of the database refuses what is written.";
      default ->
          state.startsWith("08")
              ? "Check that the server runs, and host and port in the configuration."
              : "";
    };
  }
}
