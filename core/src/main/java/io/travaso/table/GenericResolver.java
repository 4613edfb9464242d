package io.travaso.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds generic relations, by the names that Django gives their two columns. */
final class GenericResolver {
  private static final List<String> CONTENT_TYPE = List.of("app_label", "model");
  private static final Pattern OBJECT = Pattern.compile("(.*_)?object_(?:id|pk)");

  private final TableNames names;
  private final Catalog catalog;
  private final Map<TableId, TableNames.Named> members;
  private final MatchResolver matches;
  private final ReferenceResolver references;
  private @Nullable List<GenericReference.Model> byKey;
  private final List<GenericReference.Target> targets = new ArrayList<>();

  GenericResolver(
      Catalog catalog,
      TableNames names,
      Map<TableId, TableNames.Named> members,
      MatchResolver matches,
      ReferenceResolver references) {
    this.catalog = catalog;
    this.names = names;
    this.members = members;
    this.matches = matches;
    this.references = references;
  }

  /** Whether a generic relation of a member may be to a table: it can be to any with one key. */
  static boolean mayReference(Table table, Collection<TableNames.Named> members) {
    return table.primaryKey().size() == 1
        && members.stream()
            .map(TableNames.Named::table)
            .anyMatch(t -> t.columns().stream().anyMatch(c -> contentType(t, c).isPresent()));
  }

  /** Whether a column holds a generic relation's key. */
  static boolean isGeneric(Table table, String column) {
    return contentType(table, table.requiredColumn(column)).isPresent();
  }

  /** The generic relations of any table, by the names of their columns and one foreign key. */
  static List<GenericReference.Relation> relations(Table table, Catalog catalog) {
    List<GenericReference.Relation> relations = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean spells = column.kind() == ValueKind.INTEGER || column.textual();
      contentType(table, column)
          .filter(type -> spells && !column.generated())
          .flatMap(
              type ->
                  table.foreignKeys().stream()
                      .filter(key -> key.isSimple() && key.columns().contains(type))
                      .filter(key -> key.target().name().equals("django_content_type"))
                      .findFirst())
          .ifPresent(
              key -> {
                Table types = catalog.get(key.target());
                relations.add(
                    new GenericReference.Relation(
                        column,
                        table.requiredColumn(key.columns().get(0)),
                        types,
                        types.requiredColumn(key.targetColumns().get(0))));
              });
    }
    return relations;
  }

  /** The name of the column that has the content type of a column with the key. */
  private static Optional<String> contentType(Table table, Column column) {
    Matcher name = OBJECT.matcher(column.name());
    if (!name.matches()
        || (column.kind() != ValueKind.INTEGER && column.kind() != ValueKind.TEXT)) {
      return Optional.empty();
    }
    String contentType = (name.group(1) == null ? "" : name.group(1)) + "content_type_id";
    return table.column(contentType).map(Column::name);
  }

  /**
   * The generic relation whose key a column holds.
   *
   * @param referencing the table's references, by column
   */
  Optional<GenericReference> of(Table table, Column column, Map<String, Reference> referencing) {
    Optional<String> contentType = contentType(table, column);
    if (contentType.isEmpty() || referencing.containsKey(column.name())) {
      return Optional.empty();
    }
    Reference reference = referencing.get(contentType.get());
    if (reference == null
        || !reference.target().name().equals("django_content_type")
        || !reference.match().stream().map(Column::name).toList().equals(CONTENT_TYPE)) {
      return Optional.empty();
    }
    return Optional.of(
        new GenericReference(table.requiredColumn(contentType.get()), reference, byKey(), targets));
  }

  /** Sorts all models into those with the same keys everywhere and those without. */
  private List<GenericReference.Model> byKey() {
    List<GenericReference.Model> known = byKey;
    if (known != null) {
      return known;
    }
    List<GenericReference.Model> sorted = new ArrayList<>();
    for (Table table : catalog.all()) {
      TableNames.Named named = members.get(table.id());
      model(named == null || !named.django() ? names.describe(table) : named)
          .ifPresent(model -> sort(table, model, sorted));
    }
    byKey = sorted;
    return sorted;
  }

  private void sort(
      Table table, GenericReference.Model model, List<GenericReference.Model> sameKeys) {
    boolean byKey = members.containsKey(table.id()) && !matches.isByMeaning(table);
    Optional<ForeignKey> behind = byKey ? references.foreignKey(table) : Optional.empty();
    if (behind.isPresent()) {
      // The key is that of another row, and that one's id is what a relation holds.
      target(model, behind.get().target(), behind.get().targetColumns().get(0));
    } else if (byKey) {
      sameKeys.add(model);
    } else if (table.primaryKey().size() == 1) {
      target(model, table.id(), table.primaryKey().get(0));
    }
  }

  private void target(GenericReference.Model model, TableId table, String id) {
    // No foreign key guards these, so a constraint must tell the rows apart.
    references
        .naturalKey(table)
        .filter(NaturalKey::isGuaranteed)
        .ifPresent(
            key ->
                targets.add(
                    new GenericReference.Target(model, key, key.table().requiredColumn(id))));
  }

  private static Optional<GenericReference.Model> model(TableNames.Named named) {
    int dot = named.model().indexOf('.');
    return named.django() && dot > 0
        ? Optional.of(
            new GenericReference.Model(
                named.model().substring(0, dot), named.model().substring(dot + 1)))
        : Optional.empty();
  }
}
