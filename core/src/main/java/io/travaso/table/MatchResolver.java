package io.travaso.table;

import io.travaso.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what the rows of each member of the set are recognised by, or why they can't be. */
final class MatchResolver {
  private final Catalog catalog;
  private final Map<TableId, List<String>> matches = new TreeMap<>();
  private final List<Finding> findings;

  /**
   * Resolves.
   *
   * @param asked what the user asks for, by table
   */
  MatchResolver(
      Catalog catalog,
      Map<TableId, TableNames.Named> members,
      Map<TableId, List<String>> asked,
      List<Finding> findings) {
    this.catalog = catalog;
    this.findings = findings;
    members.forEach(
        (id, named) -> matches.put(id, match(named, asked.getOrDefault(id, List.of()))));
  }

  /** The columns that rows of a member are recognised by. */
  List<String> of(TableId member) {
    return matches.getOrDefault(member, List.of());
  }

  /** Whether its rows are recognised by something else than their primary key. */
  boolean isByMeaning(Table member) {
    return !Set.copyOf(of(member.id())).equals(Set.copyOf(member.primaryKey()));
  }

  private List<String> match(TableNames.Named named, List<String> asked) {
    Table table = named.table();
    if (asked.isEmpty()) {
      return JoinTable.of(table)
          .filter(join -> catalog.referencing(table.id()).isEmpty())
          .map(join -> join.pair().stream().map(fk -> fk.columns().get(0)).toList())
          .orElseGet(() -> primaryKey(named));
    }
    List<String> unknown =
        asked.stream().filter(name -> FieldNames.column(named, name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      problem(
          named.label() + ": match names columns that do not exist: " + String.join(", ", unknown),
          "Its columns are "
              + String.join(", ", table.columns().stream().map(Column::name).toList()));
      return primaryKey(named);
    }
    List<String> match =
        asked.stream().map(name -> FieldNames.column(named, name).orElseThrow().name()).toList();
    if (!table.isUnique(match)
        || match.stream().anyMatch(c -> table.requiredColumn(c).nullable())) {
      problem(
          named.label() + ": match [" + String.join(", ", asked) + "] does not recognise a row",
          "The columns must be NOT NULL and have a unique constraint.");
    }
    refuseGenerated(named, match);
    if (Set.copyOf(match).equals(Set.copyOf(table.primaryKey()))) {
      return table.primaryKey();
    }
    refuseUnnumbered(named, match);
    return match;
  }

  /** Rows matched otherwise get ids of the target's own, if that has any to give. */
  private void refuseUnnumbered(TableNames.Named named, List<String> match) {
    for (String name : named.table().primaryKey()) {
      Column column = named.table().requiredColumn(name);
      if (!match.contains(name) && !column.hasDefault() && !column.isUuid()) {
        problem(
            "%s: matched by [%s], new rows would have no %s, for that has no default"
                .formatted(named.label(), String.join(", ", match), name),
            "Take match out of its entry, or give " + name + " a default.");
      }
    }
  }

  private List<String> primaryKey(TableNames.Named named) {
    if (named.table().primaryKey().isEmpty()) {
      problem(
          named.label() + " has no primary key: its rows can't be recognised on the other side",
          "Add a primary key, name a unique key with match: [column], or exclude it.");
    }
    refuseGenerated(named, named.table().primaryKey());
    return named.table().primaryKey();
  }

  private void refuseGenerated(TableNames.Named named, List<String> match) {
    for (String name : match) {
      if (named.table().requiredColumn(name).generated()) {
        problem(
            named.label() + "." + name + " is generated, so rows can't be recognised by it",
            "Name another unique key with match: [column], or exclude it.");
      }
    }
  }

  /**
   * The id that each database gives a member's rows itself, where rows of the set reference it or
   * nobody but us could give it.
   *
   * @return one column at most
   */
  List<Column> ownId(TableNames.Named named, Map<TableId, TableNames.Named> members) {
    Table table = named.table();
    List<String> match = of(table.id());
    List<Column> own = new ArrayList<>();
    if (isByMeaning(table)) {
      for (String name : table.primaryKey()) {
        Column column = table.requiredColumn(name);
        List<ForeignKey> keys =
            catalog.referencing(table.id()).stream()
                .filter(key -> members.containsKey(key.table()))
                .filter(key -> key.targetColumns().contains(name))
                .toList();
        boolean asked =
            !keys.isEmpty()
                || (JoinTable.of(table).isEmpty()
                    && match.stream().noneMatch(c -> GenericResolver.isGeneric(table, c))
                    && GenericResolver.mayReference(table, members.values()))
                || (column.isUuid() && !column.hasDefault());
        if (asked && !match.contains(name)) {
          own.add(column);
          refuseUnreferable(named, column, keys);
        }
      }
    }
    if (own.size() > 1) {
      problem(
          named.label() + " has more than one column beside match that other tables reference",
          "Take match out of its entry.");
    }
    return own;
  }

  private void refuseUnreferable(TableNames.Named named, Column column, List<ForeignKey> keys) {
    for (ForeignKey key : keys) {
      if (!key.isSimple()) {
        problem(
            key + " references " + named.label() + " by more than one column, and that is matched",
            "Take match out of the entry of " + named.label() + ".");
      }
    }
    if (column.hasDefault() && column.sequence() == null && !column.isUuid()) {
      problem(
          "%s: matched by [%s], and other tables reference its %s, which has no sequence"
              .formatted(named.label(), String.join(", ", of(named.table().id())), column.name()),
          "Take match out of its entry, or give " + column.name() + " a sequence.");
    }
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
