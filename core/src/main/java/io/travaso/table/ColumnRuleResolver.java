package io.travaso.table;

import io.travaso.Finding;
import io.travaso.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the rule of each column of the set, and rules that can't hold. */
final class ColumnRuleResolver {
  private static final ColumnRule CARRY = new ColumnRule.Carry();

  private final Map<TableId, Map<String, ColumnRule>> rules = new TreeMap<>();
  private final List<Finding> findings;

  ColumnRuleResolver(
      TableNames names,
      Map<TableId, TableNames.Named> members,
      List<ColumnRules> asked,
      List<Finding> findings) {
    this.findings = findings;
    for (ColumnRules table : asked) {
      TableNames.Named named =
          members.values().stream()
              .filter(m -> m.label().equalsIgnoreCase(table.name().toString()))
              .findFirst()
              .or(
                  () ->
                      names
                          .find(table.name(), null)
                          .filter(n -> members.containsKey(n.table().id())))
              .orElse(null);
      if (named == null) {
        problem(
            "columns: there is no table \""
                + table.name()
                + "\" in the set"
                + NearestName.of(
                        table.name().toString(),
                        members.values().stream().map(TableNames.Named::label).toList())
                    .map(n -> "; the nearest is " + n)
                    .orElse(""),
            "Correct the name.");
      } else {
        add(named, table);
      }
    }
  }

  private void add(TableNames.Named named, ColumnRules table) {
    Map<String, ColumnRule> byColumn =
        rules.computeIfAbsent(named.table().id(), t -> new HashMap<>());
    table
        .rules()
        .forEach(
            (name, rule) ->
                FieldNames.column(named, name)
                    .ifPresentOrElse(
                        column -> byColumn.put(column.name(), rule),
                        () ->
                            problem(
                                "columns: " + named.label() + " has no column " + name,
                                "Its columns are "
                                    + String.join(
                                        ", ",
                                        named.table().columns().stream()
                                            .map(Column::name)
                                            .toList()))));
  }

  /** The rule that is asked for, whether it can hold or not. */
  ColumnRule asked(TableId table, String column) {
    return rules.getOrDefault(table, Map.of()).getOrDefault(column, CARRY);
  }

  /** The rule of a column of a member. */
  ColumnRule of(
      TableNames.Named named, Column column, List<Column> primaryKey, List<Column> match) {
    ColumnRule rule = asked(named.table().id(), column.name());
    String label = named.label() + "." + column.name();
    if (!rule.equals(CARRY) && (primaryKey.contains(column) || match.contains(column))) {
      problem(
          "columns: rows are recognised by " + label + ", so its values go as they are",
          "Take its rule out.");
      return CARRY;
    }
    if (rule instanceof ColumnRule.Ignore
        && !column.nullable()
        && !column.hasDefault()
        && !column.generated()) {
      problem(
          "columns: " + label + " is ignored, and new rows would have no value for it",
          "Give it a default, or say keep-target.");
    }
    if (rule instanceof ColumnRule.Rewrite && column.kind() != ValueKind.TEXT) {
      problem(
          "columns: " + label + " is no text whose beginning could be rewritten",
          "Take its rule out.");
    }
    return rule;
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
