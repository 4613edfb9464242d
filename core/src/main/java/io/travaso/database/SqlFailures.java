package io.travaso.database;

import java.sql.SQLException;
import java.util.Optional;

/** What the database said, behind whatever was made of it. */
public final class SqlFailures {
  private SqlFailures() {}

  /** The SQLSTATE; empty text where the database said nothing. */
  public static String state(Throwable failure) {
    return of(failure).map(SQLException::getSQLState).orElse("");
  }

  /** The engine's own number of the error; 0 where the database said nothing. */
  public static int code(Throwable failure) {
    return of(failure).map(SQLException::getErrorCode).orElse(0);
  }

  private static Optional<SQLException> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
