package io.travaso.database.mariadb;

import io.travaso.table.Column;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns a load fills, in the order of the values, and how a value is made of its text. */
final class MariaDbLoadColumns {
  private final SyncTable table;
  private final List<Loaded> columns = new ArrayList<>();

  /**
   * One column.
   *
   * @param name in the temporary table
   * @param source the column whose type it has
   * @param check finds texts that would be taken for another value
   */
  record Loaded(String name, Column source, MariaDbValueCheck check) {

    /** The value in SQL, of an expression that is its text. */
    String value(String text) {
      if (source.kind() == ValueKind.BYTES) {
        return "UNHEX(" + text + ")";
      }
      return source.type().startsWith("bit") ? "CAST(CONV(" + text + ", 2, 10) AS UNSIGNED)" : text;
    }
  }

  MariaDbLoadColumns(SyncTable table, List<String> names) {
    this.table = table;
    Map<String, Column> sources = new LinkedHashMap<>();
    for (Slot slot : table.slots()) {
      sources.put(slot.name(), slot.source());
    }
    for (int i = 0; i < table.match().size(); i++) {
      sources.put("k" + i, table.match().get(i));
    }
    for (String name : names) {
      Column source = sources.get(name);
      if (source == null) {
        throw new IllegalArgumentException(name + " is no slot and no key of " + table.id());
      }
      columns.add(new Loaded(name, source, MariaDbValueCheck.of(source)));
    }
  }

  private MariaDbLoadColumns(SyncTable table) {
    this.table = table;
    for (Column column : table.written()) {
      columns.add(new Loaded(column.name(), column, MariaDbValueCheck.of(column)));
    }
  }

  /** The table's own columns, where rows are loaded straight into it. */
  static MariaDbLoadColumns own(SyncTable table) {
    return new MariaDbLoadColumns(table);
  }

  /** Entries of the base, of a table's rows. */
  static MariaDbLoadColumns entries(SyncTable table, boolean withDigests) {
    MariaDbLoadColumns made = new MariaDbLoadColumns(table, List.of());
    made.add("k", "varbinary(16)", ValueKind.BYTES);
    if (withDigests) {
      made.add("digests", "blob", ValueKind.BYTES);
      made.add("fresh", "tinyint(1)", ValueKind.INTEGER);
    }
    return made;
  }

  private void add(String name, String type, ValueKind kind) {
    Column column =
        new Column(name, type, kind, true, "=", false, false, false, false, false, null);
    columns.add(new Loaded(name, column, MariaDbValueCheck.NONE));
  }

  SyncTable table() {
    return table;
  }

  List<Loaded> all() {
    return columns;
  }

  Loaded get(int index) {
    return columns.get(index);
  }

  /** The table's own name of a column of the temporary table. */
  String sourceName(String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .map(c -> c.source().name())
        .orElse(name);
  }

  /** Where the values stand that a row is recognised by. */
  List<Integer> key() {
    List<Integer> key = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column source = columns.get(i).source();
      if (table.match().contains(source) || isReferenceInKey(columns.get(i).name())) {
        key.add(i);
      }
    }
    return key;
  }

  private boolean isReferenceInKey(String name) {
    return table.isResolved()
        && table.match().stream()
            .anyMatch(c -> name.startsWith("r" + table.written().indexOf(c) + "_"));
  }
}
