package io.travaso.merge;

import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
import io.travaso.database.Database;
import io.travaso.filter.Doubt;
import io.travaso.filter.Filter;
import io.travaso.filter.Filtering;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Brings the rows of one database into another's staging, without a fixture between. */
final class SourceRows {
  private SourceRows() {}

  static void stage(Database from, TableSet exported, Merger merger) {
    Bulk bulk = from.dialect().bulk();
    try (Handle session = from.session()) {
      bulk.beginSnapshot(session);
      for (SyncTable table : exported.tables()) {
        if (exported.linkTables().contains(table.id())) {
          continue;
        }
        SyncTable to = merger.set().find(table.id()).orElseThrow();
        try (BulkLoad load = merger.staging().load(to, columns(table, to))) {
          bulk.export(session, table, load);
          load.finish();
        }
      }
    }
  }

  /**
   * The same, without rows that the target has already.
   *
   * @throws Doubt if that can't be told
   */
  static void stageFiltered(Database from, TableSet exported, Merger merger, Database target) {
    Bulk bulk = from.dialect().bulk();
    try (Handle session = from.session();
        Filter filter = Filtering.before(merger, target)) {
      bulk.beginSnapshot(session);
      for (SyncTable table : exported.tables()) {
        if (!exported.linkTables().contains(table.id())) {
          bulk.export(session, table, filter.begin(merger.set().find(table.id()).orElseThrow()));
          filter.end();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether what is exported is what is staged, value by value. */
  static boolean areAlike(Database from, TableSet exported, Database to, TableSet merged) {
    return from.dialect().engine().equals(to.dialect().engine())
        && exported.tables().stream()
            .allMatch(
                t -> {
                  SyncTable same = merged.find(t.id()).orElseThrow();
                  List<String> slots = same.slots().stream().map(Slot::name).toList();
                  return columns(t, same).equals(slots);
                });
  }

  /** Where the values of an exported table stand in the staging of the target's, by name. */
  private static List<String> columns(SyncTable exported, SyncTable to) {
    List<String> names = to.written().stream().map(Column::name).toList();
    List<String> columns = new ArrayList<>();
    for (Column column : exported.primaryKey()) {
      columns.add(SyncTable.stagingName(names.indexOf(column.name())));
    }
    for (Field field : exported.fields()) {
      int index = names.indexOf(field.column().name());
      boolean lookedUp = field.reference() != null || field.generic() != null;
      int values = lookedUp ? field.carried().size() : 0;
      for (int k = 0; k < values; k++) {
        columns.add(SyncTable.referenceName(index, k));
      }
      if (values == 0 && field.isCarried()) {
        columns.add(SyncTable.stagingName(index));
      }
    }
    for (int m = 0; m < exported.links().size(); m++) {
      columns.add(SyncTable.linksName(m));
    }
    return columns;
  }
}
