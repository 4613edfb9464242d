package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rights an account lacks, other than those on tables, which the catalog tells. */
final class MariaDbRightsSql {
  /**
   * Any of these on the whole database shows all its tables and foreign keys; reading is not
   * enough.
   */
  private static final List<String> SHOWING =
      List.of(
          "REFERENCES",
          "INSERT",
          "UPDATE",
          "DELETE",
          "CREATE",
          "DROP",
          "ALTER",
          "INDEX",
          "TRIGGER");

  private MariaDbRightsSql() {}

  static Map<String, String> lacked(Handle session, Set<TableId> sequences, boolean staging) {
    MariaDbGrants grants = MariaDbGrants.of(session);
    String database = session.createQuery("SELECT DATABASE()").mapTo(String.class).one();
    Map<String, String> lacked = new LinkedHashMap<>();
    if (staging) {
      List<String> onAll = new ArrayList<>();
      if (!grants.onDatabase("CREATE TEMPORARY TABLES", database)) {
        onAll.add("CREATE TEMPORARY TABLES");
      }
      // Whoever references the set's rows must be known: the merge checks foreign keys itself.
      if (SHOWING.stream().noneMatch(right -> grants.onDatabase(right, database))) {
        onAll.add("REFERENCES");
      }
      if (!onAll.isEmpty()) {
        lacked.put(quote(database) + ".*", String.join(", ", onAll));
      }
    }
    // To read a sequence takes SELECT, to draw from it or move it INSERT.
    for (TableId sequence : sequences) {
      boolean has =
          grants.onTable("SELECT", database, sequence.name())
              && grants.onTable("INSERT", database, sequence.name());
      if (!has) {
        lacked.put(quote(sequence), "SELECT, INSERT");
      }
    }
    return lacked;
  }
}
