package io.travaso.table;

import io.travaso.Finding;
import io.travaso.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table set of what the user asks for and what the catalog has, and finds all that is
 * wrong.
 */
public final class TableSetResolver {
  private final Catalog catalog;
  private final TableNames names;
  private final Map<TableId, TableNames.Named> members = new LinkedHashMap<>();
  private final Map<TableId, List<String>> matches = new TreeMap<>();
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
    return new TableSetResolver(catalog).resolve(requests, exclude, references);
  }

  private Resolution resolve(
      List<TableRequest> requests, List<NameAsWritten> exclude, List<ReferenceRule> references) {
    requests.forEach(this::member);
    exclude.forEach(this::exclude);
    addJoinTables();
    ReferenceResolver resolver =
        new ReferenceResolver(catalog, names, members, excluded, references, findings);
    Map<TableId, SyncTable> tables = new TreeMap<>();
    members.forEach((id, named) -> tables.put(id, syncTable(named, resolver)));
    List<List<SyncTable>> groups =
        DependencyOrder.of(members.values().stream().map(TableNames.Named::table).toList()).stream()
            .map(group -> group.stream().flatMap(id -> present(tables.get(id))).toList())
            .toList();
    return new Resolution(new TableSet(groups), List.copyOf(findings));
  }

  private static Stream<SyncTable> present(@Nullable SyncTable table) {
    return Stream.ofNullable(table);
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
                matches.put(named.table().id(), request.match());
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
    problem(
        where + ": there is no table \"" + name + "\"" + nearest(name),
        "Correct the name; a Django model with a table name of its own is written {model: "
            + name
            + ", table: NAME}.");
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

  private SyncTable syncTable(TableNames.Named named, ReferenceResolver resolver) {
    Table table = named.table();
    checkTraits(named);
    Map<String, Reference> references = resolver.of(named);
    List<Column> primaryKey = new ArrayList<>();
    table.primaryKey().forEach(name -> primaryKey.add(table.requiredColumn(name)));
    List<String> match = match(named);
    List<Column> matched = match.stream().map(table::requiredColumn).toList();
    boolean ownKey = matched.equals(primaryKey);
    // An id of the target's own is not carried; a key that holds a reference stands among the
    // fields.
    boolean keyIsField = ownKey && match.stream().anyMatch(references::containsKey);
    List<Column> written = ownKey && !keyIsField ? primaryKey : List.of();
    List<Field> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean ownId = !ownKey && primaryKey.contains(column) && !matched.contains(column);
      if (!column.generated() && !written.contains(column) && !ownId) {
        fields.add(new Field(fieldName(named, column), column, references.get(column.name())));
      }
    }
    return new SyncTable(table, named.label(), named.model(), written, fields, matched);
  }

  private List<String> match(TableNames.Named named) {
    Table table = named.table();
    List<String> asked = matches.getOrDefault(table.id(), List.of());
    if (asked.isEmpty()) {
      return JoinTable.of(table)
          .filter(join -> catalog.referencing(table.id()).isEmpty())
          .map(join -> join.pair().stream().map(fk -> fk.columns().get(0)).toList())
          .orElseGet(() -> primaryKey(named));
    }
    List<String> unknown = asked.stream().filter(c -> table.column(c).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      problem(
          named.label() + ": match names columns that do not exist: " + String.join(", ", unknown),
          "Its columns are "
              + String.join(", ", table.columns().stream().map(Column::name).toList()));
      return primaryKey(named);
    }
    if (!table.isUnique(asked)
        || asked.stream().anyMatch(c -> table.requiredColumn(c).nullable())) {
      problem(
          named.label() + ": match [" + String.join(", ", asked) + "] does not recognise a row",
          "The columns must be NOT NULL and have a unique constraint.");
    }
    refuseGenerated(named, asked);
    if (Set.copyOf(asked).equals(Set.copyOf(table.primaryKey()))) {
      return table.primaryKey();
    }
    refuseUnnumbered(named, asked);
    if (!catalog.referencing(table.id()).isEmpty()) {
      problem(
          named.label() + " is referenced by other tables, so its rows are matched by primary key",
          "Take match out of its entry.");
    }
    return asked;
  }

  /** Rows matched otherwise get ids of the target's own, if that has any to give. */
  private void refuseUnnumbered(TableNames.Named named, List<String> match) {
    for (String name : named.table().primaryKey()) {
      if (!match.contains(name) && !named.table().requiredColumn(name).hasDefault()) {
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

  private void checkTraits(TableNames.Named named) {
    Table table = named.table();
    if (table.has(Table.Trait.RULES)) {
      problem(
          named.label() + " has rules, which rewrite what is written to it",
          "Exclude it, or replace the rules by triggers.");
    }
    if (table.has(Table.Trait.ROW_SECURITY)) {
      problem(
          named.label() + " has row-level security that hides rows from this role",
          "Connect as a role with BYPASSRLS or as the table's owner, or exclude it.");
    }
  }

  /** Django's field of a foreign key column {@code cliente_id} is {@code cliente}. */
  private static String fieldName(TableNames.Named named, Column column) {
    String name = column.name();
    boolean reference =
        named.table().foreignKeys().stream().anyMatch(fk -> fk.columns().equals(List.of(name)));
    if (!named.django() || !reference || !name.endsWith("_id") || name.length() == 3) {
      return name;
    }
    String field = name.substring(0, name.length() - 3);
    return named.table().column(field).isPresent() ? name : field;
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
