package io.travaso.table;

import io.travaso.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the members of the set: what is written of each, and how its rows are recognised. */
final class SyncTables {
  private final Map<TableId, TableNames.Named> members;
  private final MatchResolver matches;
  private final ReferenceResolver references;
  private final GenericResolver generics;
  private final ColumnRuleResolver rules;
  private final List<Finding> findings;
  private final Map<TableId, SyncTable> tables = new TreeMap<>();

  SyncTables(
      Map<TableId, TableNames.Named> members,
      MatchResolver matches,
      ReferenceResolver references,
      GenericResolver generics,
      ColumnRuleResolver rules,
      List<Finding> findings) {
    this.members = members;
    this.matches = matches;
    this.references = references;
    this.generics = generics;
    this.rules = rules;
    this.findings = findings;
    members.forEach((id, named) -> tables.put(id, make(named)));
    addLinks();
  }

  SyncTable get(TableId member) {
    SyncTable table = tables.get(member);
    if (table == null) {
      throw new IllegalArgumentException(member + " is no member of the set");
    }
    return table;
  }

  private SyncTable make(TableNames.Named named) {
    Table table = named.table();
    checkTraits(named);
    Map<String, Reference> referencing = references.of(named);
    List<Column> primaryKey = table.primaryKey().stream().map(table::requiredColumn).toList();
    List<Column> match = matches.of(table.id()).stream().map(table::requiredColumn).toList();
    boolean ownKey = match.equals(primaryKey);
    // An id of the target's own is not carried; a key that holds a reference stands among the
    // fields.
    boolean keyIsField = ownKey && match.stream().anyMatch(c -> referencing.containsKey(c.name()));
    List<Column> written = ownKey && !keyIsField ? primaryKey : List.of();
    List<Field> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean ownId = !ownKey && primaryKey.contains(column) && !match.contains(column);
      ColumnRule rule = rules.of(named, column, primaryKey, match);
      if (!column.generated()
          && !written.contains(column)
          && !ownId
          && !(rule instanceof ColumnRule.Ignore)) {
        fields.add(field(named, column, referencing, rule));
      }
    }
    @Nullable Column ownId = matches.ownId(named, members).stream().findFirst().orElse(null);
    fields.stream()
        .filter(f -> ownId != null && f.generic() != null && match.contains(f.column()))
        .forEach(
            f ->
                problem(
                    named.label()
                        + ": rows that are referenced can't be recognised by "
                        + f.column().name()
                        + ", a generic relation",
                    "Name other columns in match."));
    refuseHalfRules(named, referencing);
    return new SyncTable(
        table, named.label(), named.model(), written, fields, match, ownId, List.of());
  }

  /** Columns that only mean something together belong to one side together. */
  private void refuseHalfRules(TableNames.Named named, Map<String, Reference> referencing) {
    Table table = named.table();
    List<List<String>> together = new ArrayList<>();
    table.foreignKeys().stream()
        .filter(key -> !key.isSimple())
        .forEach(key -> together.add(key.columns()));
    for (Column column : table.columns()) {
      generics
          .of(table, column, referencing)
          .ifPresent(g -> together.add(List.of(g.contentType().name(), column.name())));
    }
    for (List<String> columns : together) {
      long different =
          columns.stream()
              .map(name -> rules.asked(table.id(), name))
              .map(
                  rule ->
                      rule instanceof ColumnRule.KeepTarget k && k.otherwise() != null
                          ? "given"
                          : rule)
              .distinct()
              .count();
      if (different > 1) {
        problem(
            "columns: "
                + named.label()
                + ": "
                + String.join(", ", columns)
                + " reference a row together, and have different rules",
            "Give them the same rule.");
      }
    }
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }

  private Field field(
      TableNames.Named named, Column column, Map<String, Reference> referencing, ColumnRule rule) {
    String name = FieldNames.of(named, column);
    // A value that is given is the target's own key, and nothing is looked up.
    boolean given = rule instanceof ColumnRule.KeepTarget keep && keep.otherwise() != null;
    return given
        ? new Field(name, column, null, null, rule)
        : new Field(
            name,
            column,
            referencing.get(column.name()),
            generics.of(named.table(), column, referencing).orElse(null),
            rule);
  }

  /** Many-to-many links of Django's stand in the record of the model that has the field. */
  private void addLinks() {
    Map<TableId, List<Links>> lists = new HashMap<>();
    for (TableNames.Named named : members.values()) {
      JoinTable.of(named.table())
          .ifPresent(
              join ->
                  join.owner()
                      .filter(owner -> isLinkOwner(owner, join))
                      .ifPresent(
                          owner ->
                              lists
                                  .computeIfAbsent(owner, o -> new ArrayList<>())
                                  .add(links(join, owner))));
    }
    lists.forEach((owner, links) -> tables.put(owner, get(owner).with(links)));
  }

  private boolean isLinkOwner(TableId owner, JoinTable join) {
    TableNames.Named named = members.get(owner);
    List<String> pair = join.pair().stream().map(key -> key.columns().get(0)).toList();
    if (named == null || !named.django() || !matches.of(join.table().id()).equals(pair)) {
      return false;
    }
    ForeignKey owning = join.to(owner);
    SyncTable table = get(owner);
    List<String> key = table.primaryKey().stream().map(Column::name).toList();
    boolean byOwnId =
        table.ownId() != null && owning.targetColumns().get(0).equals(table.ownId().name());
    return byOwnId || owning.targetColumns().equals(key);
  }

  private Links links(JoinTable join, TableId owner) {
    SyncTable table = get(join.table().id());
    String name = join.table().id().name().substring(owner.name().length() + 1);
    ForeignKey owning = join.to(owner);
    Field from = field(table, owning.columns().get(0));
    Field to =
        field(
            table,
            join.pair().stream()
                .filter(key -> !key.equals(owning))
                .findFirst()
                .orElseThrow()
                .columns()
                .get(0));
    return new Links(name, table, from, to);
  }

  private static Field field(SyncTable table, String column) {
    return table.fields().stream()
        .filter(f -> f.column().name().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private void checkTraits(TableNames.Named named) {
    Table table = named.table();
    if (table.has(Table.Trait.RULES)) {
      findings.add(
          Finding.problem(
              named.label() + " has rules, which rewrite what is written to it",
              "Exclude it, or replace the rules by triggers."));
    }
    if (table.has(Table.Trait.ROW_SECURITY)) {
      findings.add(
          Finding.problem(
              named.label() + " has row-level security that hides rows from this role",
              "Connect as a role with BYPASSRLS or as the table's owner, or exclude it."));
    }
  }
}
