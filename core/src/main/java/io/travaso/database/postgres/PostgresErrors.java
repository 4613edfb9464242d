package io.travaso.database.postgres;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean to a user. Codes: the manual's appendix A. */
final class PostgresErrors {
  /**
   * Classes whose messages name only objects. Those of the others may quote values, and what
   * functions raise may say anything.
   */
  private static final Set<String> NAMES_ONLY =
      Set.of(
          "08", "0A", "23", "25", "28", "2B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58");

  /** In a COPY's context, in any language: {@code COPY table, line 3, column w1: "value"}. */
  private static final Pattern LOADED =
      Pattern.compile("^COPY [^,]+, \\D*(\\d+)(?:, \\D*?\\b([wr]\\d+(?:_\\d+)?):)?");

  /** In the context of an error in a function, its name and the types of its arguments. */
  private static final Pattern FUNCTION = Pattern.compile("^[^\\n]*?([^\\s«\"]+\\([^)\\n]*\\))");

  private PostgresErrors() {}

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
    return explain(doing, sql, "");
  }

  /** A failure while rows were loaded: the row's number, and the column as the table has it. */
  static SyncException explainLoad(SyncTable table, SQLException failure) {
    ServerErrorMessage server = server(failure);
    String context = server == null ? null : server.getWhere();
    Matcher place = LOADED.matcher(context == null ? "" : context);
    String where = "";
    if (place.find()) {
      String slot = place.group(2);
      where = ", row " + place.group(1);
      where +=
          table.slots().stream()
              .filter(s -> s.name().equals(slot))
              .findFirst()
              .map(s -> ", column " + s.source().name())
              .orElse("");
    }
    return explain("Loading rows of " + table.label(), failure, where);
  }

  private static SyncException explain(String doing, SQLException failure, String place) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    ServerErrorMessage server = server(failure);
    String what = doing + place + " failed" + object(server) + ": ";
    if (server != null && !namesOnly(server, state)) {
      // Without the cause too, whose message is the server's.
      return new SyncException(
          kind(state), what + withoutValues(server, state), hint(state), List.of());
    }
    String text = server == null ? failure.getMessage() : server.getMessage();
    return new SyncException(
        kind(state), what + (text == null ? state : text), hint(state), failure);
  }

  private static @Nullable ServerErrorMessage server(SQLException failure) {
    return failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
  }

  private static boolean namesOnly(ServerErrorMessage server, String state) {
    return state.length() == 5
        && NAMES_ONLY.contains(state.substring(0, 2))
        && !"exec_stmt_raise".equals(server.getRoutine());
  }

  private static String withoutValues(ServerErrorMessage server, String state) {
    String text =
        switch (state) {
          case "22001" -> "a text is too long for its column";
          case "22003" -> "a number is out of its type's range";
          case "22007", "22008" -> "a date or time is not one, or out of range";
          case "22P02" -> "a text is not a value of its column's type";
          case "22021", "22P05" -> "a character does not exist in the database's encoding";
          case "2200H" -> "a sequence has no number left";
          case "22P04" -> "a row has too few or too many values";
          default ->
              state.startsWith("22")
                  ? "a value is not valid"
                  : "the database's own code refused it";
        };
    String context = server.getWhere();
    Matcher function = FUNCTION.matcher(context == null ? "" : context);
    return text
        + (!state.startsWith("22") && function.find() ? " in " + function.group(1) : "")
        + " (SQLSTATE "
        + state
        + ")";
  }

  private static String object(@Nullable ServerErrorMessage server) {
    if (server == null || server.getTable() == null) {
      return "";
    }
    String name = " at " + new TableId(String.valueOf(server.getSchema()), server.getTable());
    return server.getColumn() == null ? name : name + "." + server.getColumn();
  }

  private static Kind kind(String state) {
    return switch (state) {
      case "55P03", "40P01", "40001" -> Kind.REFUSED;
      case "57014" -> Kind.INTERRUPTED;
      default -> Kind.FAILED;
    };
  }

  private static String hint(String state) {
    return switch (state) {
      case "55P03" ->
          "Another session holds a lock on it; nothing was written. Run the command again when it is done.";
      case "40P01", "40001" ->
          "It collided with another session; nothing was written. Run it again.";
      case "28P01", "28000" -> "Check the user and the password's reference in the configuration.";
      case "3D000" -> "Check the database's name in the configuration, or create the database.";
      case "08004" ->
          "Say where the password is: `password` in the configuration, --password-env of `sync init`,"
              + " or ~/.pgpass.";
      case "08001", "08006" ->
          "Check that the server runs, and host and port in the configuration.";
      case "42501" ->
          "Grant the role the right that is missing; `sync doctor` lists what is needed.";
      case "25006" -> "The database, or the role by default_transaction_read_only, is read-only.";
      case "57P01", "57P02" -> "The server ended the session; nothing was written. Run it again.";
      case "P0001" -> "A trigger or function of the database refuses what is written.";
      case "22001", "22003", "22007", "22008", "22P02" ->
          "The value does not fit the target's column. Compare the two databases' columns.";
      case "53100" -> "The database's disk is full; nothing was written. Free some space.";
      case "53300", "57P03" -> "The server takes no connections now. Try again in a moment.";
      case "23505" ->
          "Another row holds this unique value already; nothing was written. Compare the two rows.";
      case "23503" ->
          "A row references one that does not exist; nothing was written. Add its table to the set.";
      case "23502", "23514", "23P01" ->
          "The target's constraint refuses a row; nothing was written. Correct the row in the source.";
      default -> "";
    };
  }
}
