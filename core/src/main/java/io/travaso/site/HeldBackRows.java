package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.filter.Codes;
import io.travaso.fixture.Manifest;
import io.travaso.merge.Merger;
import io.travaso.table.SyncTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;

/** Tells a merge of the rows that a fixture lacks because both sides have them alike. */
final class HeldBackRows {
  private final Database database;
  private final Merger merger;
  private final Map<String, Long> heldBack;

  HeldBackRows(Database database, Merger merger, Map<String, Long> heldBack) {
    this.database = database;
    this.merger = merger;
    this.heldBack = heldBack;
  }

  /** What a part lacks is known only in the run that made it. */
  static void requireOfThisRun(Path fixture, Manifest manifest, Requests.Plan request) {
    Set<String> compared =
        request.onlyInTarget().stream().map(Codes::table).collect(Collectors.toSet());
    if (!compared.containsAll(manifest.heldBack().keySet())) {
      throw SyncException.refused(
          "The fixture %s is a part: it lacks %d rows that both sides had alike when it was made"
              .formatted(
                  fixture, manifest.heldBack().values().stream().mapToLong(Long::longValue).sum()),
          "It is of use only in the sync that made it. For a fixture with all rows run `sync"
              + " export`, or sync with --full-fixture.");
    }
  }

  void pass(Iterable<Codes> onlyInTarget) {
    Map<String, long[]> codes = new HashMap<>();
    onlyInTarget.forEach(part -> codes.put(part.table(), part.codes()));
    int number = 0;
    for (SyncTable table : merger.set().tables()) {
      Long rows = heldBack.get(table.id().toString());
      if (rows != null) {
        String keys = "travaso_only_" + number++;
        long[] only = codes.getOrDefault(table.id().toString(), new long[0]);
        make(table, only, keys);
        merger.holdBack(table, rows, keys);
      }
    }
  }

  private void make(SyncTable table, long[] codes, String keys) {
    try {
      database
          .dialect()
          .digests()
          .keys(table, codes, keys)
          .forEach(statement -> merger.session().execute(statement));
    } catch (JdbiException e) {
      throw database.dialect().explain("Planning the merge into " + table.id(), e);
    }
  }
}
