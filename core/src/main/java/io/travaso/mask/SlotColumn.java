package io.travaso.mask;

import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose values stand in a slot of a row: the table's own, or those that a referenced row is
 * recognised by.
 *
 * @param column empty where several columns' values may stand in it
 * @param through the column of the table itself that the referenced row is of; empty for its own
 */
record SlotColumn(TableId table, String column, String through) {

  /** Of all {@link SyncTable#slots}, in order. */
  static List<SlotColumn> of(SyncTable table) {
    List<SlotColumn> slots = new ArrayList<>();
    table.primaryKey().forEach(c -> slots.add(new SlotColumn(table.id(), c.name(), "")));
    for (Field field : table.fields()) {
      Reference reference = field.reference();
      if (reference != null) {
        reference
            .naturalKey()
            .elements()
            .forEach(
                e ->
                    slots.add(new SlotColumn(e.table(), e.column().name(), field.column().name())));
      } else if (field.isCarried()) {
        slots.add(
            new SlotColumn(table.id(), field.generic() == null ? field.column().name() : "", ""));
      }
    }
    table.links().forEach(l -> slots.add(new SlotColumn(l.table().id(), "", "")));
    return slots;
  }
}
