package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.database.BulkText;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** INSERT of many rows, where the server does not allow LOAD DATA LOCAL. */
final class InsertStatement implements MariaDbLoad.Sender {
  private final Handle handle;
  private final MariaDbLoadColumns columns;
  private final String lead;

  InsertStatement(Handle handle, String temporaryTable, MariaDbLoadColumns columns) {
    this.handle = handle;
    this.columns = columns;
    this.lead =
        "INSERT INTO "
            + quote(temporaryTable)
            + " ("
            + columns.all().stream().map(c -> quote(c.name())).collect(Collectors.joining(", "))
            + ") VALUES ";
  }

  @Override
  public long send(MariaDbGathered rows) {
    MariaDbLoadProblems problems = new MariaDbLoadProblems(columns, rows);
    try (Statement statement = handle.getConnection().createStatement()) {
      long taken = statement.executeLargeUpdate(sql(rows));
      problems.refuse(statement.getWarnings());
      return taken;
    } catch (SQLException e) {
      throw problems.explain(e);
    }
  }

  /** The escapes of bulk text are those of a literal too; only the quote is one there as well. */
  private String sql(MariaDbGathered rows) {
    StringBuilder sql = new StringBuilder(lead);
    byte[] bytes = rows.bytes();
    int column = 0;
    int from = 0;
    sql.append('(');
    for (int i = 0; i < rows.length(); i++) {
      if (bytes[i] == BulkText.SEPARATOR || bytes[i] == BulkText.END) {
        sql.append(value(column++, bytes, from, i));
        from = i + 1;
        if (bytes[i] == BulkText.SEPARATOR) {
          sql.append(", ");
        } else {
          column = 0;
          sql.append(from < rows.length() ? "), (" : ")");
        }
      }
    }
    return sql.toString();
  }

  private String value(int column, byte[] bytes, int from, int to) {
    if (BulkText.isNull(bytes, from, to - from)) {
      return "NULL";
    }
    String text = new String(bytes, from, to - from, UTF_8);
    return columns.get(column).value("'" + text.replace("'", "''") + "'");
  }
}
