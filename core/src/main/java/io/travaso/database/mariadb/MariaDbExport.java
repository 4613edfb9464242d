package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.mariadb.MariaDbText.Form;
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
final class MariaDbExport {
  private final SyncTable table;
  private final List<String> selected = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private final List<String> joins = new ArrayList<>();
  private final List<String> order = new ArrayList<>();

  /** What is true of rows that can't be carried. */
  private final List<String> refused = new ArrayList<>();

  MariaDbExport(SyncTable table) {
    this.table = table;
    for (Column column : table.primaryKey()) {
      add(column, "t." + quote(column.name()), table.match().contains(column));
    }
    for (int i = 0; i < table.fields().size(); i++) {
      addField(table.fields().get(i), "f" + i);
    }
    for (int m = 0; m < table.links().size(); m++) {
      Links links = table.links().get(m);
      String list = SyncTable.linksName(m);
      selected.add("COALESCE(" + list + ".links, '[]')");
      forms.add(Form.TEXT);
      joins.add(MariaDbLinks.join(links, list, "t." + quote(links.ownerColumn())));
    }
  }

  /** An expression that is 1 of rows that can't be carried, and otherwise 0; empty if all can. */
  String refused() {
    List<String> all = new ArrayList<>(refused);
    for (Column column : table.carried()) {
      if (column.type().startsWith("enum(")) {
        all.add("COALESCE(" + withoutChoice(column) + ", FALSE)");
      }
    }
    return all.isEmpty() ? "" : "CONCAT(" + String.join(" OR ", all) + ")";
  }

  String query() {
    return query("", "TRUE");
  }

  /**
   * The same of some rows.
   *
   * @param more what is selected too
   */
  String query(String more, String condition) {
    return "SELECT "
        + String.join(", ", selected)
        + more
        + " FROM "
        + quote(table.id())
        + " AS t"
        + String.join("", joins)
        + (condition.equals("TRUE") ? "" : " WHERE " + condition)
        + " ORDER BY "
        + String.join(", ", order);
  }

  /** What each selected value is. */
  List<Form> forms() {
    return forms;
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
      refused.add(dangling(field, reference, alias));
    } else if (field.generic() != null) {
      MariaDbGenericExport generic = new MariaDbGenericExport(table, field, alias);
      joins.add(generic.join());
      selected.add(generic.value());
      forms.add(Form.TEXT);
      if (key) {
        order.add(generic.value());
      }
    } else if (field.isCarried()) {
      add(field.column(), "t." + quote(field.column().name()), key);
    }
  }

  private void add(Column column, String value, boolean key) {
    selected.add(MariaDbText.expression(column, value));
    forms.add(MariaDbText.form(column));
    if (key) {
      order.add(MariaDbText.ordered(column, value));
    }
  }

  /**
   * The rows whose reference is to nobody: their key. Rows that were loaded without foreign keys
   * leave such, as does a row that has nothing it could be recognised by; what they hold could not
   * be carried.
   */
  static String dangling(SyncTable table, Field field, Reference reference, int limit) {
    return "SELECT %s FROM %s AS t LEFT JOIN %s AS f ON %s WHERE %s LIMIT %d"
        .formatted(
            keyText(table),
            quote(table.id()),
            referenced(reference),
            referencing(reference, "f"),
            dangling(field, reference, "f"),
            limit);
  }

  private static String dangling(Field field, Reference reference, String alias) {
    return "(%s AND %s IS NOT TRUE)"
        .formatted(
            MariaDbRows.isNotNull("t." + quote(field.column().name())),
            MariaDbNatural.present(reference.naturalKey(), k -> alias + ".n" + k));
  }

  /** The rows whose reference is to one of several that can't be told apart: their key. */
  static String ambiguous(SyncTable table, Reference reference, int limit) {
    String values =
        IntStream.range(0, reference.match().size())
            .mapToObj(k -> "n" + k)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s AS t JOIN %s AS f ON %s JOIN (SELECT %s FROM %s AS r GROUP BY %s HAVING COUNT(*) > 1) AS g ON %s LIMIT %d"
        .formatted(
            keyText(table),
            quote(table.id()),
            referenced(reference),
            referencing(reference, "f"),
            values,
            MariaDbNatural.rows(reference.naturalKey(), List.of()),
            values,
            MariaDbNatural.same(reference.naturalKey(), k -> "f.n" + k, k -> "g.n" + k),
            limit);
  }

  /** The rows whose ENUM has the number 0, which is no choice: their key. */
  static String withoutChoice(SyncTable table, Column column, String condition, int limit) {
    return "SELECT %s FROM %s AS t WHERE %s AND %s LIMIT %d"
        .formatted(keyText(table), quote(table.id()), withoutChoice(column), condition, limit);
  }

  private static String withoutChoice(Column column) {
    return "t." + quote(column.name()) + " + 0 = 0";
  }

  private static String keyText(SyncTable table) {
    return MariaDbRows.keyText(MariaDbRows.targetValues(table.match()));
  }

  /** The rows of the referenced table: what they are referenced by, and their natural keys. */
  private static String referenced(Reference reference) {
    return MariaDbNatural.rows(
        reference.naturalKey(),
        reference.foreignKey().targetColumns().stream()
            .map(reference.naturalKey().table()::requiredColumn)
            .toList());
  }

  private static String referencing(Reference reference, String alias) {
    List<String> columns = reference.foreignKey().columns();
    return IntStream.range(0, columns.size())
        .mapToObj(i -> alias + ".id" + i + " = t." + quote(columns.get(i)))
        .collect(Collectors.joining(" AND "));
  }
}
