package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.equal;

import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Links;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The query that exports a table: its slots, in key order. */
final class PostgresExport {
  private final SyncTable table;
  private final List<String> selected = new ArrayList<>();
  private final List<String> joins = new ArrayList<>();
  private final List<String> order = new ArrayList<>();

  /** What is true of rows that can't be carried. */
  private final List<String> dangling = new ArrayList<>();

  private PostgresExport(SyncTable table) {
    this.table = table;
  }

  static String query(SyncTable table) {
    return query(table, "true");
  }

  /** Whether the query has one more value, which is true of rows that can't be carried. */
  static boolean isChecked(SyncTable table) {
    return table.fields().stream().anyMatch(f -> f.reference() != null);
  }

  /**
   * The query for some rows. Where {@link #isChecked} says so, it has one value more.
   *
   * @param condition for rows aliased t
   */
  static String query(SyncTable table, String condition) {
    return new PostgresExport(table).build(condition);
  }

  /**
   * The rows whose reference is to nobody: their key. A foreign key that is NOT VALID, or was not
   * enforced while rows were loaded, leaves such, as does a row that has nothing it could be
   * recognised by; what they hold could not be carried.
   */
  static String dangling(SyncTable table, Field field, Reference reference, int limit) {
    return "SELECT %s FROM %s AS t LEFT JOIN %s AS f ON %s WHERE %s LIMIT %d"
        .formatted(
            keyText(table),
            relation(table.table()),
            referenced(reference),
            referencing(reference, "f"),
            dangling(field, reference, "f"),
            limit);
  }

  private static String dangling(Field field, Reference reference, String alias) {
    return "(t.%s IS NOT NULL AND %s IS NOT TRUE)"
        .formatted(
            quote(field.column().name()),
            PostgresNatural.present(reference.naturalKey(), k -> alias + ".n" + k));
  }

  /** The rows whose reference is to one of several that can't be told apart: their key. */
  static String ambiguous(SyncTable table, Reference reference, int limit) {
    String values =
        IntStream.range(0, reference.match().size())
            .mapToObj(k -> "n" + k)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s AS t JOIN %s AS f ON %s JOIN (SELECT %s FROM %s AS r GROUP BY %s HAVING count(*) > 1) AS g ON %s LIMIT %d"
        .formatted(
            keyText(table),
            relation(table.table()),
            referenced(reference),
            referencing(reference, "f"),
            values,
            PostgresNatural.rows(reference.naturalKey(), List.of()),
            values,
            PostgresNatural.same(reference.naturalKey(), k -> "f.n" + k, k -> "g.n" + k),
            limit);
  }

  private static String keyText(SyncTable table) {
    return PostgresRows.keyText(table.match().stream().map(c -> "t." + quote(c.name())).toList());
  }

  /** The rows of the referenced table: what they are referenced by, and their natural keys. */
  private static String referenced(Reference reference) {
    return PostgresNatural.rows(
        reference.naturalKey(),
        reference.foreignKey().targetColumns().stream()
            .map(reference.naturalKey().table()::requiredColumn)
            .toList());
  }

  private static String referencing(Reference reference, String alias) {
    List<String> columns = reference.foreignKey().columns();
    List<String> targets = reference.foreignKey().targetColumns();
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                equal(
                    reference.naturalKey().table().requiredColumn(targets.get(i)),
                    alias + ".id" + i,
                    "t." + quote(columns.get(i))))
        .collect(Collectors.joining(" AND "));
  }

  private String build(String condition) {
    for (Column column : table.primaryKey()) {
      add(column, "t." + quote(column.name()), table.match().contains(column));
    }
    for (int i = 0; i < table.fields().size(); i++) {
      addField(table.fields().get(i), "f" + i);
    }
    for (int m = 0; m < table.links().size(); m++) {
      Links links = table.links().get(m);
      String list = SyncTable.linksName(m);
      selected.add("coalesce(" + list + ".links, '[]')");
      joins.add(PostgresLinks.join(links, list, "t." + quote(links.ownerColumn())));
    }
    if (!dangling.isEmpty()) {
      selected.add("(" + String.join(" OR ", dangling) + ")");
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM "
        + relation(table.table())
        + " AS t"
        + String.join("", joins)
        + (condition.equals("true") ? "" : " WHERE " + condition)
        + " ORDER BY "
        + String.join(", ", order);
  }

  private void addField(Field field, String alias) {
    boolean key = table.match().contains(field.column());
    Reference reference = field.reference();
    if (reference != null) {
      joins.add(
          " LEFT JOIN "
              + referenced(reference)
              + " AS "
              + alias
              + " ON "
              + referencing(reference, alias));
      List<Column> values = reference.match();
      for (int k = 0; k < values.size(); k++) {
        add(values.get(k), alias + ".n" + k, key);
      }
      dangling.add(dangling(field, reference, alias));
    } else if (field.generic() != null) {
      PostgresGenericExport generic = new PostgresGenericExport(table, field, alias);
      joins.add(generic.join());
      selected.add(generic.value());
      if (key) {
        order.add(generic.value());
      }
    } else if (field.isCarried()) {
      add(field.column(), "t." + quote(field.column().name()), key);
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
