package io.travaso.database.mariadb;

import io.travaso.SyncException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says of which row and column the server speaks when it can't take what is loaded. */
final class MariaDbLoadProblems {
  private static final Pattern COLUMN = Pattern.compile("[`']([wrm]\\d+(?:_\\d+)?)[`']");
  private static final Pattern ROW = Pattern.compile("(?:at row |^Row )(\\d{1,9})");

  private final MariaDbLoadColumns columns;
  private final MariaDbGathered rows;

  MariaDbLoadProblems(MariaDbLoadColumns columns, MariaDbGathered rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Refuses where the server warned: it would have changed what it took. */
  void refuse(@Nullable SQLWarning warnings) {
    List<String> problems = new ArrayList<>();
    for (SQLWarning one = warnings; one != null; one = one.getNextWarning()) {
      problems.add(text(one));
    }
    if (!problems.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Loading rows of "
              + columns.table().label()
              + " failed: values do not fit the target's columns",
          "Nothing was written. Compare the two databases' columns, or correct the rows.",
          problems);
    }
  }

  SyncException explain(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (ROW.matcher(message).find()) {
      return new SyncException(
          SyncException.Kind.FAILED,
          "Loading rows of "
              + columns.table().label()
              + " failed: a value does not fit the target's column",
          "Nothing was written. Compare the two databases' columns, or correct the row.",
          List.of(text(failure)));
    }
    return MariaDbErrors.explain("Loading rows of " + columns.table().label(), failure);
  }

  private String text(SQLException one) {
    String message = String.valueOf(one.getMessage());
    Matcher row = ROW.matcher(message);
    String key = row.find() ? " " + rows.key(Integer.parseInt(row.group(1)), columns.key()) : "";
    Matcher column = COLUMN.matcher(message);
    String name = column.find() ? ": " + columns.sourceName(column.group(1)) : "";
    return columns.table().label() + key + name + ": " + problem(one.getErrorCode(), message);
  }

  private static String problem(int code, String message) {
    // The column is one of ours, which nobody knows.
    return MariaDbErrors.withoutValues(code, COLUMN.matcher(message).replaceAll(""));
  }
}
