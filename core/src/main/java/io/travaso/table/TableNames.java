package io.travaso.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds tables by the names that users give them. */
public final class TableNames {
  private final Catalog catalog;

  public TableNames(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A table under its name for people and its name in a fixture.
   *
   * @param django whether it is named as a Django model
   */
  public record Named(Table table, String label, String model, boolean django) {}

  /**
   * The table of a name: {@code schema.table} and {@code table} as they stand in the catalog,
   * {@code app.Model} as Django names its tables, or the table that is said to be the model's.
   */
  public Optional<Named> find(NameAsWritten name, @Nullable NameAsWritten table) {
    if (table != null) {
      return exact(table).map(t -> name.qualifier() == null ? plain(t) : model(t, name.toString()));
    }
    Optional<Named> exact = exact(name).map(TableNames::plain);
    if (exact.isPresent() || name.qualifier() == null) {
      return exact;
    }
    String djangoName = (name.qualifier() + "_" + name.name()).toLowerCase(Locale.ROOT);
    return catalog
        .find(new TableId(catalog.defaultSchema(), djangoName))
        .map(t -> model(t, name.toString()));
  }

  /** The column of a name that is a column's, or that of a field of Django's. */
  public static Optional<Column> column(Named named, String name) {
    return FieldNames.column(named, name);
  }

  /** Every name a table could be meant by, to find the nearest to a wrong one. */
  public List<String> known() {
    List<String> names = new ArrayList<>();
    catalog.models().forEach(m -> names.add(m.appLabel() + "." + m.name()));
    for (Table table : catalog.all()) {
      names.add(table.id().toString());
      names.add(table.id().name());
    }
    return names;
  }

  /** A table under the model that Django has for it, or else under its own name. */
  public Named describe(Table table) {
    return catalog.models().stream()
        .filter(m -> table.id().schema().equals(catalog.defaultSchema()))
        .filter(m -> table.id().name().equals(m.appLabel() + "_" + m.name()))
        .findFirst()
        .map(m -> model(table, m.appLabel() + "." + m.name()))
        .orElseGet(() -> plain(table));
  }

  /**
   * The table whose model a many-to-many link belongs to: with that one it is synced, without being
   * named. Empty for any other table.
   */
  public static Optional<TableId> owner(Table table) {
    return JoinTable.of(table).flatMap(JoinTable::owner);
  }

  private Optional<Table> exact(NameAsWritten name) {
    String schema = name.qualifier() == null ? catalog.defaultSchema() : name.qualifier();
    return catalog.find(new TableId(schema, name.name()));
  }

  private static Named model(Table table, String label) {
    return new Named(table, label, label.toLowerCase(Locale.ROOT), true);
  }

  private static Named plain(Table table) {
    return new Named(table, table.id().toString(), table.id().toString(), false);
  }
}
