package io.travaso.restore;

import io.travaso.backup.MariaDbClient;
import io.travaso.database.ConnectionSettings;
import java.util.List;

/** Takes back, or finishes, a swap that a kill has ended; tells what earlier runs have left. */
final class MariaDbRepair {
  private final Replacement replacement;
  private final MariaDbClient client;

  MariaDbRepair(Replacement replacement, MariaDbClient client) {
    this.replacement = replacement;
    this.client = client;
  }

  void run(Sql sql) {
    String database = replacement.database();
    for (String left : leftovers(sql)) {
      String journal = MariaDbJournal.find(sql, left);
      if (!journal.isEmpty()
          && sql.column(
                  "Looking for swaps that did not end",
                  "SELECT IS_FREE_LOCK(" + MariaDbSwap.lock(sql, database) + ")")
              .contains("1")) {
        boolean moved = journal.equals(MariaDbJournal.DONE);
        ConnectionSettings in = replacement.to(database);
        MariaDbSwap.finish(
            sql, client, in, MariaDbJournal.read(sql, left, journal, moved ? "after" : "before"));
        MariaDbJournal.drop(sql, left, journal);
        replacement
            .progress()
            .tells(
                moved
                    ? "An earlier run was ended after it had swapped the tables of %s: the swap is finished now"
                        .formatted(database)
                    : "An earlier run was ended before it had swapped the tables of %s: all is as before it"
                        .formatted(database));
      }
      replacement
          .progress()
          .tells(
              "%s was left by an earlier run: if no other run is at work and you don't need it, DROP DATABASE %s"
                  .formatted(left, sql.quote(left)));
    }
  }

  /** The databases that were made for this one, by their names and by what they hold. */
  private List<String> leftovers(Sql sql) {
    return sql
        .column(
            "Looking for what earlier runs left",
            "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY 1")
        .stream()
        .filter(name -> BesideNames.pattern(replacement.database()).matcher(name).matches())
        .toList();
  }
}
