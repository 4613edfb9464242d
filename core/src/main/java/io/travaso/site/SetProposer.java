package io.travaso.site;

import io.travaso.config.TableName;
import io.travaso.site.SetProposal.Entry;
import io.travaso.site.SetProposal.Group;
import io.travaso.site.SetProposal.LeftOut;
import io.travaso.site.SetProposal.Recognised;
import io.travaso.table.Catalog;
import io.travaso.table.Catalog.Model;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Table;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableNames.Named;
import io.travaso.table.UniqueKey;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a table set: the application's own tables, without those of the machinery below it. With
 * every table stands what it references; where that can't be, the table is left out as well.
 */
final class SetProposer {
  private final Catalog catalog;
  private final TableNames names;

  /** Why each table that is no member is left out. */
  private final Map<TableId, String> leftOut = new TreeMap<>();

  private SetProposer(Catalog catalog) {
    this.catalog = catalog;
    this.names = new TableNames(catalog);
  }

  static SetProposal propose(Catalog catalog) {
    return new SetProposer(catalog).propose();
  }

  private SetProposal propose() {
    for (Table table : catalog.all()) {
      reasonToLeaveOut(table).ifPresent(why -> leftOut.put(table.id(), why));
    }
    leaveOutWhatCantBeResolved();
    return new SetProposal(
        groups(),
        leftOut.entrySet().stream()
            .map(e -> new LeftOut(name(catalog.get(e.getKey())), e.getValue()))
            .toList(),
        references());
  }

  private Optional<String> reasonToLeaveOut(Table table) {
    if (!isNameable(table.id())) {
      return Optional.of("its name holds a control character");
    }
    boolean referenced = !catalog.referencing(table.id()).isEmpty();
    if (table.primaryKey().isEmpty() && (referenced || otherKey(table).isEmpty())) {
      return Optional.of("it has no primary key: its rows can't be recognised on the other side");
    }
    if (table.has(Trait.RULES)) {
      return Optional.of("it has rules, which rewrite what is written to it");
    }
    if (table.has(Trait.ROW_SECURITY)) {
      return Optional.of("row-level security hides rows of it from the role that asked");
    }
    return UsualTables.reasonToLeaveOut(table.id().name()).or(() -> profile(table));
  }

  /** Whether the configuration can name it. */
  private static boolean isNameable(TableId table) {
    return table.toString().chars().noneMatch(Character::isISOControl);
  }

  /** A table with one row an account is part of the accounts. */
  private static Optional<String> profile(Table table) {
    return table.foreignKeys().stream()
        .filter(key -> UsualTables.isAccount(key.target().name()) && table.isUnique(key.columns()))
        .findFirst()
        .map(key -> "one row for each of " + key.target().name() + ", which is left out");
  }

  /**
   * A table that references one that is left out and can't be recognised has to stay out as well;
   * and so on, until nothing changes.
   */
  private void leaveOutWhatCantBeResolved() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Table table : catalog.all()) {
        Optional<ForeignKey> dangling =
            isMember(table)
                ? outgoing(table).filter(k -> !resolves(k)).findFirst()
                : Optional.empty();
        if (dangling.isPresent()) {
          leftOut.put(
              table.id(),
              "it references "
                  + name(catalog.get(dangling.get().target()))
                  + ", which is left out and whose rows can't be recognised");
          changed = true;
        }
      }
    }
  }

  private boolean isMember(Table table) {
    return !leftOut.containsKey(table.id());
  }

  /** The references that leave the set. */
  private Stream<ForeignKey> outgoing(Table table) {
    return table.foreignKeys().stream().filter(key -> leftOut.containsKey(key.target()));
  }

  private boolean resolves(ForeignKey key) {
    return key.isSimple()
        && isNameable(key.target())
        && naturalKey(catalog.get(key.target())).isPresent();
  }

  private List<Group> groups() {
    List<Table> named =
        catalog.all().stream().filter(this::isMember).filter(t -> !comesAlong(t)).toList();
    Map<String, Model> models = modelsOfNameless(named);
    Map<String, List<Entry>> groups = new TreeMap<>();
    for (Table table : named) {
      Model model = models.get(table.id().name());
      Named described = names.describe(table);
      String group =
          model != null
              ? model.appLabel()
              : described.django()
                  ? described.label().substring(0, described.label().indexOf('.'))
                  : table.id().schema();
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(entry(table, model));
    }
    return groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
  }

  /** A join table comes along with its model, if that is in the set. */
  private boolean comesAlong(Table table) {
    return TableNames.owner(table).filter(owner -> !leftOut.containsKey(owner)).isPresent();
  }

  private Entry entry(Table table, @Nullable Model model) {
    List<String> match =
        table.primaryKey().isEmpty() ? otherKey(table).orElse(List.of()) : List.of();
    if (model == null) {
      return new Entry(name(table), "", match, note(table));
    }
    String note = "recognised by its name: is it this model's table?";
    return new Entry(model.appLabel() + "." + model.name(), written(table.id()), match, note);
  }

  private static String note(Table table) {
    if (UsualTables.isCounter(table.id().name())) {
      return "the last numbers given out: to be synced with what they count";
    }
    return table.has(Trait.TRIGGERS) ? "has triggers: what they change would stop a merge" : "";
  }

  private Map<String, Model> modelsOfNameless(List<Table> tables) {
    List<Model> withoutTable =
        catalog.models().stream()
            .filter(m -> names.find(new NameAsWritten(m.appLabel(), m.name()), null).isEmpty())
            .toList();
    List<String> withoutModel =
        tables.stream()
            .filter(t -> t.id().schema().equals(catalog.defaultSchema()))
            .filter(t -> !names.describe(t).django())
            .map(t -> t.id().name())
            .toList();
    return NamelessTables.pair(withoutModel, withoutTable);
  }

  /** How the excluded tables that the set references can be recognised. */
  private List<Recognised> references() {
    return catalog.all().stream()
        .filter(this::isMember)
        .flatMap(this::outgoing)
        .map(ForeignKey::target)
        .distinct()
        .sorted()
        .map(catalog::get)
        .map(t -> new Recognised(name(t), naturalKey(t).orElseThrow()))
        .toList();
  }

  /**
   * Columns that mean the same on every server: a unique key without numbers that the database gave
   * out, or else such a primary key.
   */
  private static Optional<List<String>> naturalKey(Table table) {
    return Stream.concat(
            table.uniqueKeys().stream().map(UniqueKey::columns),
            Stream.of(table.primaryKey())
                .filter(
                    key ->
                        key.stream()
                            .map(table::requiredColumn)
                            .noneMatch(c -> c.kind() == ValueKind.INTEGER)))
        .filter(columns -> !columns.isEmpty())
        .filter(columns -> columns.stream().allMatch(name -> isNatural(table, name)))
        .findFirst();
  }

  private static boolean isNatural(Table table, String name) {
    Column column = table.requiredColumn(name);
    return !column.nullable()
        && column.sequence() == null
        && table.foreignKeys().stream().noneMatch(key -> key.columns().contains(name));
  }

  /** What recognises the rows of a table without primary key that nobody references. */
  private static Optional<List<String>> otherKey(Table table) {
    return table.uniqueKeys().stream()
        .map(UniqueKey::columns)
        .filter(columns -> columns.stream().map(table::requiredColumn).noneMatch(Column::nullable))
        .findFirst();
  }

  /** The name it has in the configuration. */
  private String name(Table table) {
    Named named = names.describe(table);
    return named.django() ? named.label() : written(table.id());
  }

  private String written(TableId id) {
    boolean usual = id.schema().equals(catalog.defaultSchema());
    return new TableName(usual ? null : id.schema(), id.name()).toString();
  }
}
