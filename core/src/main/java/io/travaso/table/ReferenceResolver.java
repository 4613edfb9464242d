package io.travaso.table;

import io.travaso.Finding;
import io.travaso.NearestName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds how each reference that leaves the set is carried, or why it can't be. */
final class ReferenceResolver {
  private final Catalog catalog;
  private final TableNames names;
  private final Map<TableId, TableNames.Named> members;
  private final Set<TableId> excluded;
  private final Map<TableId, ReferenceRule> rules = new TreeMap<>();
  private final NaturalKeys naturalKeys;
  private final List<Finding> findings;

  ReferenceResolver(
      Catalog catalog,
      TableNames names,
      Map<TableId, TableNames.Named> members,
      MatchResolver matches,
      Set<TableId> excluded,
      List<ReferenceRule> references,
      List<Finding> findings) {
    this.catalog = catalog;
    this.names = names;
    this.members = members;
    this.excluded = excluded;
    this.findings = findings;
    this.naturalKeys = new NaturalKeys(catalog, members, matches, rules, findings);
    for (Table table : catalog.all()) {
      ReferenceRule.known(table, catalog.defaultSchema())
          .ifPresent(rule -> rules.put(table.id(), rule));
    }
    references.forEach(this::rule);
  }

  private void rule(ReferenceRule rule) {
    Optional<TableNames.Named> named = names.find(rule.name(), null);
    if (named.isEmpty()) {
      problem(
          "references: there is no table \""
              + rule.name()
              + "\""
              + NearestName.of(rule.name().toString(), names.known())
                  .map(n -> "; the nearest is " + n)
                  .orElse(""),
          "Correct the name.");
      return;
    }
    Table table = named.get().table();
    List<String> unknown =
        rule.match().stream().filter(c -> FieldNames.column(named.get(), c).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      problem(
          "references: " + rule.name() + " has no column " + String.join(", ", unknown),
          "Correct the names in match.");
      return;
    }
    List<String> columns =
        rule.match().stream()
            .map(c -> FieldNames.column(named.get(), c).orElseThrow().name())
            .toList();
    rules.put(table.id(), new ReferenceRule(rule.name(), columns, rule.missing()));
  }

  /**
   * The references of a table to rows that have other ids in each database, by column: those that
   * leave the set, and those to members that are recognised by meaning.
   */
  Map<String, Reference> of(TableNames.Named named) {
    Map<String, Reference> references = new HashMap<>();
    for (ForeignKey key : named.table().foreignKeys()) {
      for (String column : key.columns()) {
        naturalKeys
            .foreign(key, column)
            .ifPresent(foreign -> reference(named, foreign, column, references));
      }
    }
    return references;
  }

  /** What a row of a table is recognised by, where its ids mean other rows in each database. */
  Optional<NaturalKey> naturalKey(TableId table) {
    return members.containsKey(table) || rules.containsKey(table)
        ? naturalKeys.of(table)
        : Optional.empty();
  }

  /** How the key of a table leads to a row with other ids in each database, if it does. */
  Optional<ForeignKey> foreignKey(Table table) {
    return table.primaryKey().size() != 1
        ? Optional.empty()
        : table.foreignKeys().stream()
            .filter(key -> key.columns().equals(table.primaryKey()))
            .flatMap(key -> naturalKeys.foreign(key, table.primaryKey().get(0)).stream())
            .findFirst();
  }

  private void reference(
      TableNames.Named named, ForeignKey key, String name, Map<String, Reference> references) {
    ReferenceRule rule = rules.get(key.target());
    boolean member = members.containsKey(key.target());
    if (!member && rule == null) {
      unresolved(named, key);
      return;
    }
    Reference.Missing missing = member || rule == null ? new Reference.Refuse() : rule.missing();
    Optional<NaturalKey> naturalKey = naturalKeys.of(key.target());
    if (naturalKey.isEmpty()) {
      return;
    }
    Column column = named.table().requiredColumn(name);
    Column targetColumn =
        naturalKey
            .get()
            .table()
            .requiredColumn(key.targetColumns().get(key.columns().indexOf(name)));
    // Of a key of several columns, one that recognises the row means the same everywhere.
    boolean isValue =
        !key.isSimple() && naturalKey.get().parts().contains(new NaturalKey.Value(targetColumn));
    if (!isValue) {
      references.putIfAbsent(name, new Reference(key, naturalKey.get(), targetColumn, missing));
      refuseNullWhereNoneMayBe(named, column, key, missing);
    }
  }

  private void refuseNullWhereNoneMayBe(
      TableNames.Named named, Column column, ForeignKey key, Reference.Missing missing) {
    if (missing instanceof Reference.SetNull && !column.nullable()) {
      problem(
          named.label()
              + "."
              + column.name()
              + " can't be NULL, so a missing "
              + names.describe(catalog.get(key.target())).label()
              + " can't become null",
          "Say missing: refuse, or the id of a row to use instead.");
    }
  }

  private void unresolved(TableNames.Named named, ForeignKey key) {
    String columns = String.join(", ", key.columns());
    TableNames.Named target = names.describe(catalog.get(key.target()));
    if (excluded.contains(key.target())) {
      problem(
          named.label()
              + "."
              + columns
              + " references "
              + target.label()
              + ", which is excluded: its ids mean other rows on the other side",
          "Say how its rows are recognised: references: {"
              + target.label()
              + ": {match: ["
              + suggestion(target.table())
              + "]}}");
    } else {
      problem(
          named.label()
              + "."
              + columns
              + " references "
              + target.label()
              + ", which is neither in tables nor in exclude",
          "Add "
              + withWhatItReferences(target.table())
              + " to tables, or exclude it with an entry in references.");
    }
  }

  /**
   * A table and all that would have to come with it, so that adding it does not end in the next
   * question.
   */
  private String withWhatItReferences(Table table) {
    Set<TableId> wanted = new LinkedHashSet<>();
    Deque<Table> open = new ArrayDeque<>(List.of(table));
    while (!open.isEmpty()) {
      Table next = open.pop();
      if (wanted.add(next.id())) {
        next.foreignKeys().stream()
            .map(ForeignKey::target)
            .filter(t -> !members.containsKey(t) && !excluded.contains(t) && !rules.containsKey(t))
            .forEach(t -> open.add(catalog.get(t)));
      }
    }
    return wanted.stream()
        .map(id -> names.describe(catalog.get(id)).label())
        .collect(Collectors.joining(", "));
  }

  private static String suggestion(Table table) {
    return table.uniqueKeys().stream()
        .map(UniqueKey::columns)
        .filter(columns -> columns.stream().noneMatch(c -> table.requiredColumn(c).nullable()))
        .findFirst()
        .map(columns -> String.join(", ", columns))
        .orElse("a unique column");
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
