package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.TableId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rights an account lacks, other than those on tables, which the catalog tells. */
final class MariaDbRightsSql {
  private MariaDbRightsSql() {}

  static Map<String, String> lacked(Handle session, Set<TableId> sequences, boolean staging) {
    MariaDbGrants grants = MariaDbGrants.of(session);
    String database = session.createQuery("SELECT DATABASE()").mapTo(String.class).one();
    Map<String, String> lacked = new LinkedHashMap<>();
    if (staging && !grants.onDatabase("CREATE TEMPORARY TABLES", database)) {
      lacked.put(quote(database) + ".*", "CREATE TEMPORARY TABLES");
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
