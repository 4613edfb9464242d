package io.travaso.merge;

import io.travaso.database.Bulk;
import io.travaso.database.BulkLoad;
import io.travaso.database.Database;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
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
