package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.SyncException;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.mariadb.jdbc.Statement;

/**
 * LOAD DATA LOCAL, from memory. As the server can't stop what the client sends, it takes what does
 * not fit as well as it can and warns: the warnings are its errors.
 */
final class LoadDataStatement implements MariaDbLoad.Sender {
  private final Handle handle;
  private final MariaDbLoadColumns columns;
  private final String sql;

  LoadDataStatement(Handle handle, String temporaryTable, MariaDbLoadColumns columns) {
    this.handle = handle;
    this.columns = columns;
    List<String> fields = new ArrayList<>();
    List<String> made = new ArrayList<>();
    for (MariaDbLoadColumns.Loaded column : columns.all()) {
      String variable = "@" + quote(column.name());
      String value = column.value(variable);
      boolean plain = value.equals(variable);
      fields.add(plain ? quote(column.name()) : variable);
      if (!plain) {
        made.add(quote(column.name()) + " = " + value);
      }
    }
    this.sql =
        "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
            + quote(temporaryTable)
            + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED"
            + " BY '\\n"
            + "' ("
            + String.join(", ", fields)
            + ")"
            + (made.isEmpty() ? "" : " SET " + String.join(", ", made));
  }

  @Override
  public long send(MariaDbGathered rows) {
    MariaDbLoadProblems problems = new MariaDbLoadProblems(columns, rows);
    try (Statement statement = handle.getConnection().createStatement().unwrap(Statement.class)) {
      statement.setLocalInfileInputStream(new ByteArrayInputStream(rows.bytes(), 0, rows.length()));
      long taken = statement.executeLargeUpdate(sql);
      problems.refuse(statement.getWarnings());
      if (taken != rows.rows()) {
        throw SyncException.failed(
            "Loading rows of %s failed: of %d rows the server took %d"
                .formatted(columns.table().label(), rows.rows(), taken),
            "Nothing was written. Run the command again.");
      }
      return taken;
    } catch (SQLException e) {
      throw problems.explain(e);
    }
  }
}
