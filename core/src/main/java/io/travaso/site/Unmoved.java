package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.database.DigestSink;
import io.travaso.database.HorizonSql;
import io.travaso.database.HorizonSql.Counts;
import io.travaso.database.HorizonSql.Horizon;
import io.travaso.filter.RowDigests;
import io.travaso.merge.Merger;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whether tables of which rows were held back are as they were when these were compared. Where the
 * target is to be an exact copy, no other row of it may have changed meanwhile either.
 */
final class Unmoved {
  private final Database database;
  private final LocalReading reading;
  private final Map<SyncTable, Look> before = new LinkedHashMap<>();

  Unmoved(Database database, LocalReading reading) {
    this.database = database;
    this.reading = reading;
  }

  /** Looks at a table again. */
  private interface Look {
    boolean isAsItWas(Handle session);
  }

  /** A table whose digests have this sum. */
  void add(SyncTable table, long sum) {
    before.put(table, session -> sum(session, table) == sum);
  }

  /** Tables as they are now, which is before their rows are compared. */
  void addAsTheyAre(Collection<SyncTable> tables) {
    if (!tables.isEmpty()) {
      try (Handle session = database.session()) {
        reading.digesting(session);
        database.dialect().bulk().beginSnapshot(session);
        tables.forEach(table -> addAsItIs(session, table));
      }
    }
  }

  /** Where it is known when rows were written, only those written since need to be looked at. */
  private void addAsItIs(Handle snapshot, SyncTable table) {
    Optional<HorizonSql> horizons = database.dialect().horizons();
    Optional<Horizon> horizon = horizons.flatMap(h -> h.of(snapshot, table));
    if (horizon.isEmpty()) {
      add(table, sum(snapshot, table));
      return;
    }
    long position = horizon.get().position();
    Written written = written(horizons.get(), snapshot, table, position);
    before.put(table, session -> written(horizons.get(), session, table, position).equals(written));
  }

  /**
   * How many rows a table has, and what was written since a horizon.
   *
   * @param sum of the digests of those
   */
  private record Written(Counts counts, long sum) {}

  private Written written(HorizonSql horizons, Handle session, SyncTable table, long position) {
    Counts counts = horizons.count(session, table, position);
    return new Written(
        counts,
        counts.since() == 0
            ? 0
            : sum(
                table,
                (columns, digests) ->
                    horizons.rowsSince(session, table, columns, position, digests)));
  }

  /**
   * Looks again, under the locks of the merge.
   *
   * @throws SyncException if a table is not as it was
   */
  void require(Handle session) {
    List<String> moved =
        before.entrySet().stream()
            .filter(e -> !e.getValue().isAsItWas(session))
            .map(e -> e.getKey().label())
            .toList();
    Merger.refuseMoved(moved);
  }

  private long sum(Handle session, SyncTable table) {
    return sum(
        table,
        (columns, digests) -> database.dialect().digests().rows(session, table, columns, digests));
  }

  private interface Rows {
    void into(List<Column> columns, DigestSink digests);
  }

  private long sum(SyncTable table, Rows rows) {
    try (RowDigests digests = new RowDigests()) {
      rows.into(database.dialect().baseline().compared(table), digests::count);
      return digests.sum();
    } catch (IOException e) {
      throw SyncException.failed(
          "Digesting " + table.label() + " failed: " + e, "Run the command again.");
    }
  }
}
