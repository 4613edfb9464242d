package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.equal;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;

/** The query that exports a table: its slots, in key order. */
final class PostgresExport {
  private final SyncTable table;
  private final List<String> selected = new ArrayList<>();
  private final List<String> joins = new ArrayList<>();
  private final List<String> order = new ArrayList<>();

  private PostgresExport(SyncTable table) {
    this.table = table;
  }

  static String query(SyncTable table) {
    return new PostgresExport(table).build();
  }

  /**
   * The rows whose reference is to nobody: their key. A foreign key that is NOT VALID, or was not
   * enforced while rows were loaded, leaves such; what they hold could not be carried.
   */
  static String dangling(SyncTable table, Field field, Reference reference, int limit) {
    String value = "t." + quote(field.column().name());
    List<String> key = table.match().stream().map(c -> "t." + quote(c.name())).toList();
    return "SELECT %s FROM %s AS t WHERE %s IS NOT NULL AND NOT EXISTS (SELECT FROM %s AS f WHERE %s) LIMIT %d"
        .formatted(
            PostgresRows.keyText(key),
            relation(table.table()),
            value,
            quote(reference.target()),
            equal(reference.targetColumn(), "f." + quote(reference.targetColumn().name()), value),
            limit);
  }

  private String build() {
    for (Column column : table.primaryKey()) {
      add(column, "t." + quote(column.name()), table.match().contains(column));
    }
    for (int i = 0; i < table.fields().size(); i++) {
      addField(table.fields().get(i), "f" + i);
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM "
        + relation(table.table())
        + " AS t"
        + String.join("", joins)
        + " ORDER BY "
        + String.join(", ", order);
  }

  private void addField(Field field, String alias) {
    boolean key = table.match().contains(field.column());
    String value = "t." + quote(field.column().name());
    Reference reference = field.reference();
    if (reference == null) {
      add(field.column(), value, key);
      return;
    }
    String found = alias + "." + quote(reference.targetColumn().name());
    joins.add(
        " LEFT JOIN "
            + quote(reference.target())
            + " AS "
            + alias
            + " ON "
            + equal(reference.targetColumn(), found, value));
    for (Column match : reference.match()) {
      add(match, alias + "." + quote(match.name()), key);
    }
  }

  /** Text is ordered by its bytes: two servers may have different ideas of a collation. */
  private void add(Column column, String expression, boolean key) {
    selected.add(expression);
    if (key) {
      order.add(expression + (column.textual() ? " COLLATE \"C\"" : ""));
    }
  }
}
