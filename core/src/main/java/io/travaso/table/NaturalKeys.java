package io.travaso.table;

import io.travaso.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the natural keys of tables whose ids mean other rows in each database: those outside the
 * set that a rule is given for, and members that are recognised by meaning.
 */
final class NaturalKeys {
  private final Catalog catalog;
  private final Map<TableId, TableNames.Named> members;
  private final MatchResolver matches;
  private final ForeignValues values;
  private final Map<TableId, ReferenceRule> rules;
  private final List<Finding> findings;
  private final Map<TableId, Optional<NaturalKey>> made = new TreeMap<>();
  private final List<TableId> path = new ArrayList<>();

  NaturalKeys(
      Catalog catalog,
      Map<TableId, TableNames.Named> members,
      MatchResolver matches,
      Map<TableId, ReferenceRule> rules,
      List<Finding> findings) {
    this.catalog = catalog;
    this.members = members;
    this.matches = matches;
    this.rules = rules;
    this.findings = findings;
    this.values = new ForeignValues(members, matches, findings);
  }

  /** The foreign key by which a column leads to a row with other ids in each database. */
  Optional<ForeignKey> foreign(ForeignKey key, String column) {
    return values.behind(key, column);
  }

  /** Of a table that has a rule or is matched by meaning; empty where that can't be. */
  Optional<NaturalKey> of(TableId table) {
    Optional<NaturalKey> known = made.get(table);
    if (known != null) {
      return known;
    }
    if (path.contains(table)) {
      problem(
          "What a row of %s is recognised by leads back to itself: %s"
              .formatted(table, path + " → " + table),
          "Name other columns in match.");
      return Optional.empty();
    }
    path.add(table);
    Optional<NaturalKey> key = make(catalog.get(table));
    path.remove(table);
    made.put(table, key);
    return key;
  }

  private Optional<NaturalKey> make(Table table) {
    ReferenceRule rule = rules.get(table.id());
    List<String> columns = rule == null ? matches.of(table.id()) : rule.match();
    List<NaturalKey.Part> parts = new ArrayList<>();
    for (String name : columns) {
      Optional<NaturalKey.Part> part = part(table, table.requiredColumn(name));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new NaturalKey(table, parts));
  }

  private Optional<NaturalKey.Part> part(Table table, Column column) {
    Optional<ForeignKey> foreign =
        table.foreignKeys().stream()
            .filter(key -> key.columns().contains(column.name()))
            .flatMap(key -> foreign(key, column.name()).stream())
            .findFirst();
    if (foreign.isEmpty()) {
      return Optional.of(new NaturalKey.Value(column));
    }
    ForeignKey key = foreign.get();
    if (!key.isSimple()) {
      problem(
          "A row of %s is recognised by its %s, which references %s with other columns together"
              .formatted(table.id(), column.name(), key.target()),
          "Name other columns in match.");
      return Optional.empty();
    }
    boolean isValue =
        rules.containsKey(key.target())
            && rules.get(key.target()).match().equals(key.targetColumns());
    if (isValue) {
      return Optional.of(new NaturalKey.Value(column));
    }
    if (!members.containsKey(key.target()) && !rules.containsKey(key.target())) {
      problem(
          "A row of %s is recognised by its %s, which references %s, and that has ids of its own"
              .formatted(table.id(), column.name(), key.target()),
          "Say how its rows are recognised too: references: {" + key.target() + ": {match: […]}}");
      return Optional.empty();
    }
    return of(key.target())
        .map(
            target ->
                new NaturalKey.Through(
                    column, target.table().requiredColumn(key.targetColumns().get(0)), target));
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
