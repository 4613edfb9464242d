package io.travaso.database.mariadb;

import io.travaso.database.RowSink;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The export of some rows of a table, in the order of their keys. */
final class MariaDbPart {
  /** A separator, and a code in hexadecimal digits. */
  private static final int CODE = 17;

  private final Handle handle;
  private final SyncTable table;
  private final MariaDbExport export;
  private final MariaDbCodes made;
  private final List<String> conditions;
  private final long[] sorted;

  MariaDbPart(Handle handle, SyncTable table, long[] codes) {
    this(handle, table, codes, conditions(handle, table, codes));
  }

  /** With conditions of another length. */
  MariaDbPart(Handle handle, SyncTable table, long[] codes, List<String> conditions) {
    this.handle = handle;
    this.table = table;
    this.export = new MariaDbExport(table);
    this.made = new MariaDbCodes(table);
    this.conditions = conditions;
    this.sorted = codes.clone();
    Arrays.sort(sorted);
  }

  /** Conditions that are true of the rows with these codes, each fit for a statement. */
  static List<String> conditions(Handle handle, SyncTable table, long[] codes) {
    long packet = handle.createQuery("SELECT @@max_allowed_packet").mapTo(Long.class).one();
    return new MariaDbCodes(table).among(codes, packet / 2);
  }

  /** A query with such a condition: a list of constants stays one, however long it is. */
  static String asked(String query) {
    return "SET STATEMENT in_predicate_conversion_threshold = 0 FOR " + query;
  }

  long stream(RowSink rows) throws SQLException, IOException {
    if (!made.areKeys() && conditions.size() > 1) {
      MariaDbBulk.refuseWithoutChoice(handle, table, "TRUE");
      return streamAll(rows);
    }
    long count = 0;
    for (String condition : conditions) {
      MariaDbBulk.refuseWithoutChoice(handle, table, condition);
      String query = asked(export.query("", condition));
      count += MariaDbBulk.stream(handle, query, export.forms(), rows);
    }
    return count;
  }

  /** So many that they can't be named in one statement, and in several the order would be lost. */
  private long streamAll(RowSink rows) throws SQLException, IOException {
    List<MariaDbText.Form> forms = new ArrayList<>(export.forms());
    forms.add(MariaDbText.Form.TEXT);
    long[] count = new long[1];
    MariaDbBulk.stream(
        handle,
        export.query(", " + made.sql(), "TRUE"),
        forms,
        (bytes, from, length) -> {
          int kept = length - CODE;
          if (Arrays.binarySearch(sorted, MariaDbCodes.hexadecimal(bytes, from + kept + 1)) >= 0) {
            rows.row(bytes, from, kept);
            count[0]++;
          }
        });
    return count[0];
  }
}
