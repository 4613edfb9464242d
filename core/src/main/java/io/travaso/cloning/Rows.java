package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.config.ReferenceRule;
import io.travaso.config.SyncConfig;
import io.travaso.table.Column;
import io.travaso.table.ColumnRule;
import io.travaso.table.ColumnRules;
import io.travaso.table.Field;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames.Named;
import io.travaso.table.TableRequest;
import io.travaso.table.TableSetResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How rows of tables are carried from where they come from: each value as it stands, but for what
 * references rows that come from the other side. Those have other ids there, and are carried by
 * what they are recognised by.
 *
 * @param tables in no order
 * @param findings what can't be carried
 */
record Rows(Map<TableId, SyncTable> tables, List<Finding> findings) {

  Rows {
    tables = new TreeMap<>(tables);
    findings = List.copyOf(findings);
  }

  /**
   * The source's rows.
   *
   * @param speaksOfKept whether generic relations of theirs are to rows that the target keeps
   */
  static Rows ofSource(SyncConfig config, Choice choice, boolean speaksOfKept) {
    Set<TableId> outside = ids(choice.tables(Origin.TARGET));
    Set<TableId> members = ids(choice.tables(Origin.SOURCE));
    members.addAll(ids(choice.tables(Origin.NOBODY)));
    if (speaksOfKept) {
      // As one of the other side's: only then is it looked at which model is behind a relation.
      choice.tables(Origin.SOURCE).stream()
          .filter(t -> t.id().name().equals("django_content_type"))
          .filter(t -> isRecognised(config, choice, t))
          .forEach(t -> outside.add(t.id()));
    }
    members.removeAll(outside);
    Rows rows = new Resolving(config, choice, members, outside, true).resolve();
    return rows.of(choice, Origin.SOURCE);
  }

  /** The rows that the target keeps. */
  static Rows ofTarget(SyncConfig config, Choice choice) {
    Set<TableId> kept = ids(choice.tables(Origin.TARGET));
    Set<TableId> outside = new HashSet<>();
    Set<TableId> members = new HashSet<>(kept);
    for (Table table : choice.tables()) {
      if (!kept.contains(table.id())) {
        // Of what nobody said what it is recognised by, a row is the one with the same key.
        (isRecognised(config, choice, table) ? outside : members).add(table.id());
      }
    }
    Rows rows = new Resolving(config, choice, members, outside, false).resolve();
    return rows.of(choice, Origin.TARGET);
  }

  /** Those of an origin; with those that have no references. */
  private Rows of(Choice choice, Origin origin) {
    Map<TableId, SyncTable> own = new TreeMap<>();
    for (Table table : choice.tables(origin)) {
      SyncTable resolved = tables.get(table.id());
      own.put(table.id(), resolved == null ? plain(table, choice) : resolved);
    }
    return new Rows(own, findings);
  }

  private static Set<TableId> ids(List<Table> tables) {
    Set<TableId> ids = new HashSet<>();
    tables.forEach(t -> ids.add(t.id()));
    return ids;
  }

  /** Whether it is known what its rows are recognised by in another database. */
  static boolean isRecognised(SyncConfig config, Choice choice, Table table) {
    return io.travaso.table.ReferenceRule.known(table, choice.catalog().defaultSchema()).isPresent()
        || config.references().keySet().stream()
            .anyMatch(
                name ->
                    choice
                        .names()
                        .find(Choice.written(name), null)
                        .filter(n -> n.table().id().equals(table.id()))
                        .isPresent());
  }

  /** A table whose values all go as they stand. */
  static SyncTable plain(Table table, Choice choice) {
    List<Column> key =
        table.primaryKey().stream().map(table::requiredColumn).filter(c -> !c.generated()).toList();
    List<Field> fields =
        table.columns().stream()
            .filter(c -> !key.contains(c) && !c.generated())
            .map(c -> new Field(c.name(), c, null))
            .toList();
    return new SyncTable(table, choice.label(table), table.id().toString(), key, fields, key);
  }

  /** Has the members' references resolved. */
  private record Resolving(
      SyncConfig config,
      Choice choice,
      Set<TableId> members,
      Set<TableId> outside,
      boolean rewrites) {

    Rows resolve() {
      List<Finding> findings = new ArrayList<>();
      List<TableRequest> requests = new ArrayList<>();
      Set<TableId> requested = new HashSet<>();
      for (Table table : choice.tables()) {
        boolean keyed =
            !table.primaryKey().isEmpty()
                && table.primaryKey().stream().noneMatch(c -> table.requiredColumn(c).generated());
        if (members.contains(table.id()) && keyed) {
          requests.add(request(table));
          requested.add(table.id());
        } else if (members.contains(table.id())) {
          refuseReferences(table, findings);
        }
      }
      TableSetResolver.Resolution resolution =
          TableSetResolver.resolve(
              choice.catalog(),
              requests,
              choice.catalog().all().stream()
                  .filter(t -> !requested.contains(t.id()))
                  .map(t -> exact(t.id()))
                  .toList(),
              references(requested),
              columns(requested));
      findings.addAll(resolution.findings());
      Map<TableId, SyncTable> tables = new HashMap<>();
      resolution.set().tables().forEach(t -> tables.put(t.id(), t));
      return new Rows(tables, findings);
    }

    private void refuseReferences(Table table, List<Finding> findings) {
      table.foreignKeys().stream()
          .filter(key -> outside.contains(key.target()))
          .forEach(
              key ->
                  findings.add(
                      Finding.problem(
                          choice.label(table)
                              + " has no primary key, and references "
                              + key.target()
                              + ", whose rows have other ids on the other side",
                          "Give it a primary key, or put it under clone: {empty: […]}.")));
    }

    private TableRequest request(Table table) {
      Named named = choice.named(table);
      int dot = named.label().indexOf('.');
      return named.django() && dot > 0
          ? new TableRequest(
              new NameAsWritten(named.label().substring(0, dot), named.label().substring(dot + 1)),
              exact(table.id()),
              table.primaryKey())
          : new TableRequest(exact(table.id()), null, table.primaryKey());
    }

    private static NameAsWritten exact(TableId id) {
      return new NameAsWritten(id.schema(), id.name());
    }

    private List<io.travaso.table.ReferenceRule> references(Set<TableId> requested) {
      List<io.travaso.table.ReferenceRule> rules = new ArrayList<>();
      for (ReferenceRule rule : config.references().values()) {
        choice
            .names()
            .find(Choice.written(rule.table()), null)
            .filter(n -> !requested.contains(n.table().id()))
            .ifPresent(
                n ->
                    rules.add(
                        new io.travaso.table.ReferenceRule(
                            Choice.written(rule.table()), rule.match(), missing(rule.missing()))));
      }
      return rules;
    }

    private static Reference.Missing missing(ReferenceRule.Missing missing) {
      if (missing instanceof ReferenceRule.Use use) {
        return new Reference.Use(use.id());
      }
      return missing instanceof ReferenceRule.SetNull
          ? new Reference.SetNull()
          : new Reference.Refuse();
    }

    /**
     * Paths become the target's; what else is said of columns is about rows that both sides have.
     */
    private List<ColumnRules> columns(Set<TableId> requested) {
      List<ColumnRules> rules = new ArrayList<>();
      config
          .columns()
          .forEach(
              (name, columns) -> {
                Map<String, ColumnRule> kept = new HashMap<>();
                columns.forEach(
                    (column, rule) -> {
                      if (rule instanceof io.travaso.config.ColumnRule.Rewrite rewrite) {
                        kept.put(column, new ColumnRule.Rewrite(rewrite.prefixes()));
                      }
                    });
                choice
                    .names()
                    .find(Choice.written(name), null)
                    .filter(n -> rewrites && !kept.isEmpty() && requested.contains(n.table().id()))
                    .ifPresent(n -> rules.add(new ColumnRules(exact(n.table().id()), kept)));
              });
      return rules;
    }
  }
}
