package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.database.mariadb.MariaDbDumpSql;
import java.util.ArrayList;
import java.util.List;

/** Whether an account may replace a MariaDB database; all that it lacks is told at once. */
final class MariaDbRights {
  private static final List<String> NEEDED =
      List.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "CREATE",
          "DROP",
          "REFERENCES",
          "INDEX",
          "ALTER",
          "LOCK TABLES",
          "EXECUTE",
          "CREATE VIEW",
          "SHOW VIEW",
          "CREATE ROUTINE",
          "ALTER ROUTINE",
          "EVENT",
          "TRIGGER");

  private MariaDbRights() {}

  static void require(Sql sql, String database, BesideNames names) {
    List<String> lacked = new ArrayList<>();
    String account = MariaDbDumpSql.account(sql.handle());
    for (String each : List.of(database, names.fresh(), names.old())) {
      List<String> rights = MariaDbDumpSql.lackedRights(sql.handle(), each, NEEDED);
      if (!rights.isEmpty()) {
        String pattern =
            each.equals(database)
                ? sql.quote(database)
                : sql.quote(BesideNames.start(database).replace("_", "\\_") + "\\_%");
        String grant = "GRANT ALL ON " + pattern + ".* TO " + account;
        if (!lacked.contains(grant)) {
          lacked.add(grant);
        }
      }
    }
    if (!lacked.isEmpty()) {
      throw SyncException.refused(
          "the account " + account + " may not replace the database " + database,
          "As an administrator, run the statements listed; or name an account that may under"
              + " database.maintenance.",
          lacked);
    }
  }
}
