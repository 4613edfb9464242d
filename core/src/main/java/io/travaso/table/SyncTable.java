package io.travaso.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of the set, with what is written of it and how its rows are recognised.
 *
 * @param label its name for people: {@code anagrafiche.Cliente}, or the table's own
 * @param model its name in a fixture: {@code anagrafiche.cliente}, or the table's own
 * @param primaryKey the columns that stand as {@code pk}; empty where rows are matched by other
 *     columns and the target gives them ids of its own
 * @param fields all other columns that are written, in the table's order
 * @param match the columns rows are recognised by; each is in {@code primaryKey} or {@code fields}
 */
public record SyncTable(
    Table table,
    String label,
    String model,
    List<Column> primaryKey,
    List<Field> fields,
    List<Column> match) {

  public SyncTable {
    primaryKey = List.copyOf(primaryKey);
    fields = List.copyOf(fields);
    match = List.copyOf(match);
  }

  public TableId id() {
    return table.id();
  }

  public boolean hasReferences() {
    return fields.stream().anyMatch(f -> f.reference() != null);
  }

  /** The columns that are written: primary key, then fields. */
  public List<Column> written() {
    List<Column> all = new ArrayList<>(primaryKey);
    fields.forEach(f -> all.add(f.column()));
    return all;
  }

  /** The staging column of the n-th written column, once references are resolved. */
  public static String stagingName(int index) {
    return "w" + index;
  }

  /** The staging column of a written column. */
  public String stagingName(Column column) {
    return stagingName(written().indexOf(column));
  }

  /**
   * The values of a row in a fixture and in bulk text, in order: the primary key's, then each
   * field's; a field with a reference has one a matching column.
   */
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    int index = 0;
    for (Column column : primaryKey) {
      slots.add(new Slot(stagingName(index++), column));
    }
    for (Field field : fields) {
      Reference reference = field.reference();
      if (reference == null) {
        slots.add(new Slot(stagingName(index), field.column()));
      } else {
        for (int k = 0; k < reference.match().size(); k++) {
          slots.add(new Slot(referenceName(index, k), reference.match().get(k)));
        }
      }
      index++;
    }
    return slots;
  }

  /** The staging column of the k-th natural key value of the n-th written column. */
  public static String referenceName(int index, int k) {
    return "r" + index + "_" + k;
  }
}
