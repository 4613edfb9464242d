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
  public Optional<Named> find(String name, @Nullable String table) {
    if (table != null) {
      return exact(table).map(t -> looksLikeModel(name) ? model(t, name) : plain(t));
    }
    Optional<Named> exact = exact(name).map(TableNames::plain);
    if (exact.isPresent() || !looksLikeModel(name)) {
      return exact;
    }
    String djangoName = name.replace('.', '_').toLowerCase(Locale.ROOT);
    return catalog.find(new TableId(catalog.defaultSchema(), djangoName)).map(t -> model(t, name));
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

  private Optional<Table> exact(String name) {
    int dot = name.indexOf('.');
    Optional<Table> qualified =
        dot < 0
            ? Optional.empty()
            : catalog.find(new TableId(name.substring(0, dot), name.substring(dot + 1)));
    return qualified.or(() -> catalog.find(new TableId(catalog.defaultSchema(), name)));
  }

  private static boolean looksLikeModel(String name) {
    int dot = name.indexOf('.');
    return dot > 0 && dot == name.lastIndexOf('.') && dot < name.length() - 1;
  }

  private static Named model(Table table, String label) {
    return new Named(table, label, label.toLowerCase(Locale.ROOT), true);
  }

  private static Named plain(Table table) {
    return new Named(table, table.id().toString(), table.id().toString(), false);
  }
}
