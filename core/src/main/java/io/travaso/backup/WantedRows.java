package io.travaso.backup;

import io.travaso.backup.DumpedTable.DumpedColumn;
import io.travaso.table.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hands the rows of some tables on, as bulk text and without generated columns. */
final class WantedRows implements DumpedRows {
  private final Map<String, TableId> wanted = new HashMap<>();
  private final Set<TableId> missing;
  private final TableDataSink sink;
  private final BulkRow row = new BulkRow();

  /** The wanted table whose rows are coming or may come. */
  private @Nullable DumpedTable current;

  private @Nullable TableId begun;
  private List<DumpedColumn> columns = List.of();

  WantedRows(Set<TableId> tables, TableDataSink sink) {
    tables.forEach(table -> wanted.put(table.name(), table));
    this.missing = new TreeSet<>(tables);
    this.sink = sink;
  }

  /** The tables that have not come. */
  Set<TableId> missing() {
    return missing;
  }

  @Override
  public void table(DumpedTable table) throws IOException {
    end();
    TableId id = wanted.get(table.name());
    if (id != null) {
      if (!missing.remove(id)) {
        throw new IOException("the table " + table.name() + " is in it twice");
      }
      current = table;
    }
  }

  @Override
  public boolean insert(DumpedTable table, List<String> names) throws IOException {
    if (!wanted.containsKey(table.name())) {
      return false;
    }
    if (!table.equals(current)) {
      throw new IOException("rows of " + table.name() + " where they don't belong");
    }
    columns = new ArrayList<>();
    for (String name : names) {
      columns.add(table.column(name));
    }
    begin(columns.stream().filter(c -> !c.generated()).map(DumpedColumn::name).toList());
    return true;
  }

  private void begin(List<String> written) throws IOException {
    if (current != null && begun == null) {
      TableId id = Objects.requireNonNull(wanted.get(current.name()));
      sink.begin(id, written);
      begun = id;
    }
  }

  @Override
  public void row(ScriptBytes script, int[] bounds) throws IOException {
    row.clear();
    int start = script.keptAt();
    boolean first = true;
    for (int i = 0; i < columns.size(); i++) {
      DumpedColumn column = columns.get(i);
      if (!column.generated()) {
        if (!first) {
          row.separator();
        }
        first = false;
        row.value(column, script.buffer(), start + bounds[2 * i], start + bounds[2 * i + 1]);
      }
    }
    sink.row(row.buffer(), 0, row.length());
  }

  @Override
  public void end() throws IOException {
    if (current != null) {
      begin(current.written());
      sink.end();
    }
    current = null;
    begun = null;
  }
}
