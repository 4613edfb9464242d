package io.travaso.database.postgres;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean to a user. Codes: the manual's appendix A. */
final class PostgresErrors {
  /** In class 22 the message ends with the offending value: {@code invalid input …: "abc"}. */
  private static final Pattern VALUE = Pattern.compile(": \".*\"$", Pattern.DOTALL);

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
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    ServerErrorMessage server =
        sql instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    String where = object(server);
    String what = doing + " failed" + where + ": " + message(sql, server, state);
    return new SyncException(kind(state), what, hint(state), sql);
  }

  private static String message(
      SQLException sql, @Nullable ServerErrorMessage server, String state) {
    String text = server == null ? sql.getMessage() : server.getMessage();
    if (text == null) {
      return "no message";
    }
    return state.startsWith("22") ? VALUE.matcher(text).replaceFirst("") : text;
  }

  private static String object(@Nullable ServerErrorMessage server) {
    if (server == null || server.getTable() == null) {
      return "";
    }
    String name = " at " + server.getSchema() + "." + server.getTable();
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
      case "08001", "08004", "08006" ->
          "Check that the server runs, and host and port in the configuration.";
      case "42501" ->
          "Grant the role the right that is missing; `sync doctor` lists what is needed.";
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
