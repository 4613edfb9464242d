package io.travaso.table;

import io.travaso.Finding;
import io.travaso.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the table set of what the user asks for and what the catalog has, and finds all that is
 * wrong.
 */
public final class TableSetResolver {
  private final Catalog catalog;
  private final TableNames names;
  private final Map<TableId, TableNames.Named> members = new LinkedHashMap<>();
  private final Map<TableId, List<String>> asked = new TreeMap<>();
  private final Set<TableId> excluded = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private TableSetResolver(Catalog catalog) {
    this.catalog = catalog;
    this.names = new TableNames(catalog);
  }

  /**
   * The set and what was found on the way; with problems among the findings the set is not whole.
   */
  public record Resolution(TableSet set, List<Finding> findings) {}

  public static Resolution resolve(
      Catalog catalog,
      List<TableRequest> requests,
      List<NameAsWritten> exclude,
      List<ReferenceRule> references) {
    return resolve(catalog, requests, exclude, references, List.of());
  }

  public static Resolution resolve(
      Catalog catalog,
      List<TableRequest> requests,
      List<NameAsWritten> exclude,
      List<ReferenceRule> references,
      List<ColumnRules> columns) {
    return new TableSetResolver(catalog).resolve(requests, exclude, references, columns);
  }

  private Resolution resolve(
      List<TableRequest> requests,
      List<NameAsWritten> exclude,
      List<ReferenceRule> references,
      List<ColumnRules> columns) {
    requests.forEach(this::member);
    exclude.forEach(this::exclude);
    addJoinTables();
    MatchResolver matches = new MatchResolver(catalog, members, asked, findings);
    ReferenceResolver resolver =
        new ReferenceResolver(catalog, names, members, matches, excluded, references, findings);
    SyncTables tables =
        new SyncTables(
            members,
            matches,
            resolver,
            new GenericResolver(catalog, names, members, matches, resolver),
            new ColumnRuleResolver(names, members, columns, findings),
            findings);
    List<List<SyncTable>> groups =
        DependencyOrder.of(members.values().stream().map(TableNames.Named::table).toList()).stream()
            .map(group -> group.stream().map(tables::get).toList())
            .toList();
    return new Resolution(new TableSet(groups), List.copyOf(findings));
  }

  private void member(TableRequest request) {
    names
        .find(request.name(), request.table())
        .ifPresentOrElse(
            named -> {
              if (members.putIfAbsent(named.table().id(), named) != null) {
                problem(
                    "tables: " + request.name() + " is listed twice", "Take one of the two out.");
              }
              if (!request.match().isEmpty()) {
                asked.put(named.table().id(), request.match());
              }
            },
            () -> unknown("tables", request.table() == null ? request.name() : request.table()));
  }

  private void exclude(NameAsWritten name) {
    names
        .find(name, null)
        .ifPresentOrElse(
            named -> {
              if (members.containsKey(named.table().id())) {
                problem(name + " is both in tables and in exclude", "Decide for one.");
              }
              excluded.add(named.table().id());
            },
            () ->
                findings.add(
                    Finding.warning(
                        "exclude: there is no table \"" + name + "\"" + nearest(name.toString()),
                        "Correct the name, or take it out.")));
  }

  private void unknown(String where, NameAsWritten written) {
    String name = written.toString();
    Optional<Table> whole = catalog.all().stream().filter(t -> isPartition(t, name)).findFirst();
    if (whole.isPresent()) {
      problem(
          where + ": " + name + " is a partition of " + whole.get().id(),
          "Name the whole table: its rows go to their partitions by themselves.");
      return;
    }
    problem(
        where + ": there is no table \"" + name + "\"" + nearest(name),
        "Correct the name; a Django model with a table name of its own is written {model: "
            + name
            + ", table: NAME}.");
  }

  private static boolean isPartition(Table table, String name) {
    return table.partitions().stream()
        .anyMatch(id -> id.name().equals(name) || id.toString().equals(name));
  }

  private String nearest(String name) {
    return NearestName.of(name, names.known()).map(n -> "; the nearest is " + n).orElse("");
  }

  /** With a model come its many-to-many links. */
  private void addJoinTables() {
    for (Table table : catalog.all()) {
      if (members.containsKey(table.id()) || excluded.contains(table.id())) {
        continue;
      }
      JoinTable.of(table)
          .flatMap(JoinTable::owner)
          .map(members::get)
          .ifPresent(owner -> members.put(table.id(), joinName(table, owner)));
    }
  }

  private static TableNames.Named joinName(Table table, TableNames.Named owner) {
    if (!owner.django()) {
      return new TableNames.Named(table, table.id().toString(), table.id().toString(), false);
    }
    String field = table.id().name().substring(owner.table().id().name().length());
    String label = owner.label() + field;
    return new TableNames.Named(table, label, label.toLowerCase(Locale.ROOT), true);
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
