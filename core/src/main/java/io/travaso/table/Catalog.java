package io.travaso.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables of a database.
 *
 * @param models Django's models where the database has a {@code django_content_type}: app label and
 *     lower-case model name
 * @param defaultSchema where an unqualified name is looked up
 */
public record Catalog(Map<TableId, Table> tables, List<Model> models, String defaultSchema) {

  /** A Django model, by its app label and lower-case name. */
  public record Model(String appLabel, String name) {}

  public Catalog {
    tables = new TreeMap<>(tables);
    models = List.copyOf(models);
  }

  public Optional<Table> find(TableId id) {
    return Optional.ofNullable(tables.get(id));
  }

  /** A table that must exist, because the catalog itself named it. */
  public Table get(TableId id) {
    return find(id).orElseThrow(() -> new IllegalStateException("No table " + id));
  }

  public Collection<Table> all() {
    return tables.values();
  }

  /** Every foreign key that references a table. */
  public List<ForeignKey> referencing(TableId target) {
    return tables.values().stream()
        .flatMap(t -> t.foreignKeys().stream())
        .filter(fk -> fk.target().equals(target))
        .toList();
  }
}
