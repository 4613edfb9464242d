package io.travaso.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the set, with what is written of it and how its rows are recognised.
 *
 * @param label its name for people: {@code anagrafiche.Cliente}, or the table's own
 * @param model its name in a fixture: {@code anagrafiche.cliente}, or the table's own
 * @param primaryKey the columns that stand as {@code pk}; empty where rows are matched by other
 *     columns and the target gives them ids of its own
 * @param fields all other columns that are written, in the table's order
 * @param match the columns rows are recognised by; each is in {@code primaryKey} or {@code fields}
 * @param ownId the id that each database gives its rows itself, where rows of the set reference it;
 *     null where it stands in {@code primaryKey}, or nobody asks for it
 * @param links many-to-many links in its records
 */
public record SyncTable(
    Table table,
    String label,
    String model,
    List<Column> primaryKey,
    List<Field> fields,
    List<Column> match,
    @Nullable Column ownId,
    List<Links> links) {

  /** The staging column of an own id. */
  public static final String OWN_ID = "own";

  public SyncTable {
    primaryKey = List.copyOf(primaryKey);
    fields = List.copyOf(fields);
    match = List.copyOf(match);
    links = List.copyOf(links);
  }

  /** A table without own id and without links. */
  public SyncTable(
      Table table,
      String label,
      String model,
      List<Column> primaryKey,
      List<Field> fields,
      List<Column> match) {
    this(table, label, model, primaryKey, fields, match, null, List.of());
  }

  /** The same, with these lists of links in its records. */
  SyncTable with(List<Links> lists) {
    return new SyncTable(table, label, model, primaryKey, fields, match, ownId, lists);
  }

  public TableId id() {
    return table.id();
  }

  /** Whether what is staged must still be made of what was loaded. */
  public boolean isResolved() {
    return ownId != null || fields.stream().anyMatch(Field::isResolved);
  }

  public boolean hasReferences() {
    return fields.stream().anyMatch(f -> f.reference() != null);
  }

  /** The same without some columns, none of which rows are recognised by. */
  public SyncTable without(Set<String> columns) {
    List<Field> rest = fields.stream().filter(f -> !columns.contains(f.column().name())).toList();
    return new SyncTable(table, label, model, primaryKey, rest, match, ownId, links);
  }

  /** The columns that are written: primary key, then fields. */
  public List<Column> written() {
    List<Column> all = new ArrayList<>(primaryKey);
    fields.forEach(f -> all.add(f.column()));
    return all;
  }

  /** The columns that a new row is given: those that are written, and its own id. */
  public List<Column> inserted() {
    List<Column> all = written();
    if (ownId != null) {
      all.add(ownId);
    }
    return all;
  }

  /** The columns that a fixture has: those that are written but for what the target is told. */
  public List<Column> carried() {
    List<Column> all = new ArrayList<>(primaryKey);
    fields.stream().filter(Field::isCarried).forEach(f -> all.add(f.column()));
    return all;
  }

  /** Whether rows that the target has keep their value of a column. */
  public boolean keepsTarget(Column column) {
    return fields.stream().anyMatch(f -> f.column().equals(column) && f.keepsTarget());
  }

  /** What the rows are recognised by, for who references them. */
  public NaturalKey naturalKey() {
    List<NaturalKey.Part> parts = new ArrayList<>();
    for (Column column : match) {
      Reference reference =
          fields.stream()
              .filter(f -> f.column().equals(column))
              .findFirst()
              .map(Field::reference)
              .orElse(null);
      parts.add(
          reference == null
              ? new NaturalKey.Value(column)
              : new NaturalKey.Through(column, reference.targetColumn(), reference.naturalKey()));
    }
    return new NaturalKey(table, parts);
  }

  /** The staging column of the n-th written column, once references are resolved. */
  public static String stagingName(int index) {
    return "w" + index;
  }

  /** The staging column of a written column, or of the own id. */
  public String stagingName(Column column) {
    return column.equals(ownId) ? OWN_ID : stagingName(written().indexOf(column));
  }

  /**
   * The values of a row in a fixture and in bulk text, in order: the primary key's, then each
   * field's that is carried, then each list of links; a field with a reference has one a value of
   * the natural key.
   */
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    int index = 0;
    for (Column column : primaryKey) {
      slots.add(new Slot(stagingName(index++), column));
    }
    for (Field field : fields) {
      List<Column> values = field.carried();
      boolean lookedUp = field.reference() != null || field.generic() != null;
      for (int k = 0; k < values.size(); k++) {
        slots.add(new Slot(lookedUp ? referenceName(index, k) : stagingName(index), values.get(k)));
      }
      index++;
    }
    IntStream.range(0, links.size())
        .forEach(m -> slots.add(new Slot(linksName(m), links.get(m).column())));
    return slots;
  }

  /** The staging column of the k-th natural key value of the n-th written column. */
  public static String referenceName(int index, int k) {
    return "r" + index + "_" + k;
  }

  /** The staging column of the m-th list of links. */
  public static String linksName(int m) {
    return "m" + m;
  }
}
