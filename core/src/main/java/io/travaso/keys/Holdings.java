package io.travaso.keys;

import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Bond;
import io.travaso.database.HeldKeys.Generic;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.HeldKeys.Own;
import io.travaso.database.HeldKeys.Through;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.GenericReference;
import io.travaso.table.GenericReference.Relation;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every column of a database that holds keys of a table's rows: the key itself, what references it,
 * what references that in its turn (the key of a row may be another's), and generic relations.
 */
final class Holdings {
  private final Catalog catalog;
  private final TableNames names;
  private final Map<Slot, List<Bond>> bonds = new LinkedHashMap<>();
  private final Deque<Slot> ahead = new ArrayDeque<>();

  /** A column of a table. */
  private record Slot(TableId table, String column) {}

  private Holdings(Catalog catalog) {
    this.catalog = catalog;
    this.names = new TableNames(catalog);
  }

  /**
   * The tables with what they hold; the one whose keys they are comes first.
   *
   * @param set whose columns that are not synced may change meanwhile
   */
  static List<HeldKeys> of(Catalog catalog, KeyedTable keyed, TableSet set) {
    Holdings holdings = new Holdings(catalog);
    holdings.add(new Slot(keyed.table().id(), keyed.key().name()), new Own());
    while (!holdings.ahead.isEmpty()) {
      holdings.follow(holdings.ahead.remove());
    }
    return holdings.byTable(set);
  }

  private void add(Slot slot, Bond bond) {
    List<Bond> known = bonds.get(slot);
    if (known == null) {
      known = new ArrayList<>();
      bonds.put(slot, known);
      ahead.add(slot);
    }
    known.add(bond);
  }

  private void follow(Slot held) {
    for (ForeignKey key : catalog.referencing(held.table())) {
      for (int i = 0; i < key.columns().size(); i++) {
        if (key.targetColumns().get(i).equals(held.column())) {
          String column = key.columns().get(i);
          Table table = catalog.get(key.table());
          add(
              new Slot(key.table(), column),
              new Through(
                  key.columns().stream()
                      .filter(c -> !c.equals(column))
                      .map(table::requiredColumn)
                      .toList()));
        }
      }
    }
    Table table = catalog.get(held.table());
    if (table.primaryKey().equals(List.of(held.column()))) {
      generic(table);
    }
  }

  private void generic(Table target) {
    TableNames.Named named = names.describe(target);
    int dot = named.model().indexOf('.');
    if (!named.django() || dot < 1) {
      return;
    }
    for (Table table : catalog.all()) {
      for (Relation relation : GenericReference.relations(table, catalog)) {
        add(
            new Slot(table.id(), relation.key().name()),
            new Generic(
                relation.contentType(),
                relation.contentTypes(),
                relation.id(),
                named.model().substring(0, dot),
                named.model().substring(dot + 1)));
      }
    }
  }

  private List<HeldKeys> byTable(TableSet set) {
    Map<TableId, List<Holder>> holders = new LinkedHashMap<>();
    bonds.forEach(
        (slot, why) ->
            holders
                .computeIfAbsent(slot.table(), t -> new ArrayList<>())
                .add(new Holder(catalog.get(slot.table()).requiredColumn(slot.column()), why)));
    List<HeldKeys> tables = new ArrayList<>();
    holders.forEach(
        (id, held) -> {
          Table table = catalog.get(id);
          List<Column> columns = held.stream().map(Holder::column).toList();
          Stream<Column> compared =
              set.find(id).map(SyncTable::written).orElse(table.columns()).stream();
          tables.add(
              new HeldKeys(
                  table,
                  held,
                  compared.filter(c -> !c.generated() && !columns.contains(c)).toList()));
        });
    return tables;
  }
}
