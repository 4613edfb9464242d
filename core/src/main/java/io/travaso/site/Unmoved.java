package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.filter.RowDigests;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Whether tables of which rows were held back are as they were when these were compared. Where the
 * target is to be an exact copy, no other row of it may have changed meanwhile either.
 */
final class Unmoved {
  private final Database database;
  private final LocalReading reading;
  private final Map<SyncTable, Long> sums = new LinkedHashMap<>();

  Unmoved(Database database, LocalReading reading) {
    this.database = database;
    this.reading = reading;
  }

  /** A table whose digests have this sum. */
  void add(SyncTable table, long sum) {
    sums.put(table, sum);
  }

  /** Tables as they are now, which is before their rows are compared. */
  void addAsTheyAre(Collection<SyncTable> tables) {
    if (!tables.isEmpty()) {
      try (Handle session = database.session()) {
        reading.digesting(session);
        tables.forEach(table -> add(table, sum(session, table)));
      }
    }
  }

  /**
   * Looks again, under the locks of the merge.
   *
   * @throws SyncException if a table is not as it was
   */
  void require(Handle session) {
    List<String> moved =
        sums.entrySet().stream()
            .filter(e -> sum(session, e.getKey()) != e.getValue())
            .map(e -> e.getKey().label())
            .toList();
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "The target changed since the plan was made: "
              + String.join(", ", moved)
              + "; nothing was written",
          "Run the command again and look at the new plan.",
          moved);
    }
  }

  private long sum(Handle session, SyncTable table) {
    try (RowDigests digests = new RowDigests()) {
      database
          .dialect()
          .digests()
          .rows(session, table, database.dialect().baseline().compared(table), digests::count);
      return digests.sum();
    } catch (IOException e) {
      throw SyncException.failed(
          "Digesting " + table.label() + " failed: " + e, "Run the command again.");
    }
  }
}
