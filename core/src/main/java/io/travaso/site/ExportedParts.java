package io.travaso.site;

import io.travaso.database.Bulk;
import io.travaso.database.RowSink;
import io.travaso.filter.Codes;
import io.travaso.filter.Difference;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Which rows of each table an export has: all, or those that the other side has not alike and those
 * that are not as they were agreed on, for what is remembered of them becomes another.
 */
final class ExportedParts {
  private final LocalDigests digests;
  private final Map<TableId, long[]> codes = new HashMap<>();
  private final Map<TableId, Difference> since = new HashMap<>();
  private final Map<String, Long> heldBack = new HashMap<>();

  private ExportedParts(LocalDigests digests) {
    this.digests = digests;
  }

  static ExportedParts of(LocalDigests digests, TableSet set, Requests.Export request) {
    ExportedParts parts = new ExportedParts(digests);
    for (Codes part : request.parts()) {
      set.tables().stream()
          .map(SyncTable::id)
          .filter(table -> table.toString().equals(part.table()))
          .forEach(table -> parts.add(table, part.codes(), isContinued(request, table)));
    }
    return parts;
  }

  /** Whether rows are remembered, as they were before. */
  private static boolean isContinued(Requests.Export request, TableId table) {
    Requests.Remember remember = request.remember();
    return remember != null && remember.agreed().containsKey(table.toString());
  }

  /** Where it is to be named what is not as it was, and can't be, all rows are exported. */
  private void add(TableId table, long[] different, boolean continued) {
    if (!continued) {
      codes.put(table, different);
    } else {
      digests.since(table).ifPresent(changed -> add(table, different, changed));
    }
  }

  private void add(TableId table, long[] different, Difference changed) {
    codes.put(table, Codes.union(different, changed.here()));
    since.put(table, changed);
  }

  void export(Bulk bulk, Handle session, SyncTable table, RowSink rows) {
    long[] part = codes.get(table.id());
    if (part == null) {
      bulk.export(session, table, rows);
    } else {
      long exported = bulk.export(session, table, part, rows);
      heldBack.put(table.id().toString(), digests.rows(table.id()) - exported);
    }
  }

  /** What of tables is not as it was agreed on, where that was found by digests. */
  Map<TableId, Difference> since() {
    return since;
  }

  /** Of tables that were exported in part, how many rows were not. */
  Map<String, Long> heldBack() {
    return heldBack;
  }
}
