package io.travaso.table;

import java.util.List;

/**
 * A column that holds the key of a row in whatever table another column names, by its content type:
 * a generic relation of Django's, which no foreign key guards.
 *
 * @param contentType the field that names the model; it travels as app label and model
 * @param contentTypes the table of the content types
 * @param byKey the models whose rows have the same key in each database
 * @param targets the models whose rows are carried by what they are recognised by
 */
public record GenericReference(
    Column contentType, Reference contentTypes, List<Model> byKey, List<Target> targets) {

  /** A model, by app label and lower-case name. */
  public record Model(String appLabel, String name) {}

  /**
   * A model whose rows have other keys in each database.
   *
   * @param id the column whose value a relation holds
   */
  public record Target(Model model, NaturalKey naturalKey, Column id) {}

  public GenericReference {
    byKey = List.copyOf(byKey);
    targets = List.copyOf(targets);
  }

  /** Whether a table may hold generic relations, by the names of its columns. */
  public static boolean isIn(Table table) {
    return table.columns().stream().anyMatch(c -> GenericResolver.isGeneric(table, c.name()));
  }

  /** What a fixture has: the key itself, or a list of what the row is recognised by. */
  static Column carrier(String name) {
    return new Column(
        name, "jsonb", ValueKind.JSON_DOCUMENT, false, "=", false, true, false, false, false, null);
  }

  /**
   * A relation as the catalog alone shows it.
   *
   * @param key the column that holds the key of a row
   * @param contentType the column beside it that references the row of a model
   * @param id the column of {@code contentTypes} that it references
   */
  public record Relation(Column key, Column contentType, Table contentTypes, Column id) {}

  /** The generic relations of a table, in the set or not. */
  public static List<Relation> relations(Table table, Catalog catalog) {
    return GenericResolver.relations(table, catalog);
  }
}
