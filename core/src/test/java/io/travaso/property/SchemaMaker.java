package io.travaso.property;

import io.travaso.property.Column.Kind;
import io.travaso.property.Spec.OfColumn;
import io.travaso.property.Spec.OfLink;
import io.travaso.property.Spec.OfTable;
import io.travaso.property.Spec.OfUnique;
import io.travaso.testing.Engine;
import java.util.ArrayList;
import java.util.List;

/** Makes tables of choices. */
final class SchemaMaker {
  /** A second schema, for one table in five. */
  static final String OTHER_SCHEMA = "Other \"Schema\".x";

  private final Engine engine;
  private final List<Type> types;
  private final List<RandomTable> tables = new ArrayList<>();
  private final List<Names> columnNames = new ArrayList<>();

  private SchemaMaker(Engine engine, List<Type> types) {
    this.engine = engine;
    this.types = types;
  }

  static List<RandomTable> make(Spec spec, Engine engine, List<Type> types) {
    SchemaMaker maker = new SchemaMaker(engine, types);
    Names names = new Names(engine);
    spec.tables().forEach(t -> maker.table(t, names));
    for (int i = 0; i < spec.tables().size(); i++) {
      maker.links(maker.tables.get(i), spec.tables().get(i));
    }
    return maker.tables;
  }

  private void table(OfTable spec, Names names) {
    Names columns = new Names(engine);
    columnNames.add(columns);
    // MariaDB has no schemas, and its partitions no foreign keys.
    boolean postgres = engine == Engine.POSTGRESQL;
    boolean partitioned = postgres && spec.shape() % 12 == 11;
    String schema = postgres && spec.shape() % 5 == 4 ? OTHER_SCHEMA : "public";
    RandomTable table =
        new RandomTable(schema, names.next("t", spec.name()), partitioned, spec.rows());
    identifying(table, spec, columns);
    int keys = table.key.isEmpty() ? 1 + spec.shape() / 12 % 7 % 3 : spec.shape() / 12 % 3;
    for (OfColumn column : spec.columns()) {
      boolean key = keys > 0;
      keys--;
      Column made =
          key ? keyColumn(column, columns, partitioned) : plain(column, columns, partitioned);
      if (key) {
        table.key.add(made);
      }
      // A key can stand behind what was there before it.
      table.columns.add(key && spec.shape() % 7 == 6 ? 0 : table.columns.size(), made);
    }
    if (spec.shape() % 13 == 12) {
      java.util.Collections.reverse(table.key);
    }
    if (!partitioned) {
      spec.uniques().forEach(u -> unique(table, u));
    }
    tables.add(table);
  }

  /** A key that is, or begins with, a reference to a table before. */
  private void identifying(RandomTable table, OfTable spec, Names names) {
    if (table.partitioned || tables.isEmpty() || spec.shape() % 8 != 7 || spec.links().isEmpty()) {
      return;
    }
    OfLink choice = spec.links().get(0);
    RandomTable to = tables.get(choice.to() % tables.size());
    Link link = new Link(table, to, to.key, false, true, rule(choice, false, to.key), 0);
    addColumns(link, choice, names);
    table.key.addAll(link.columns);
  }

  private void links(RandomTable table, OfTable spec) {
    for (int i = 0; i < spec.links().size(); i++) {
      if (i == 0 && !table.links.isEmpty()) {
        continue;
      }
      OfLink choice = spec.links().get(i);
      RandomTable to = tables.get(choice.to() % tables.size());
      List<List<Column>> targets = new ArrayList<>(List.of(to.key));
      to.uniques.stream().filter(u -> !u.deferrable()).forEach(u -> targets.add(u.columns()));
      List<Column> target = targets.get(choice.key() % targets.size());
      boolean nullable = choice.trait() % 3 != 2;
      Link link = new Link(table, to, target, nullable, false, rule(choice, nullable, target), i);
      addColumns(link, choice, columnNames.get(tables.indexOf(table)));
    }
  }

  private String rule(OfLink choice, boolean nullable, List<Column> target) {
    List<String> actions =
        new ArrayList<>(List.of("", "", " ON DELETE CASCADE", " ON DELETE RESTRICT"));
    if (nullable) {
      actions.add(" ON DELETE SET NULL");
    }
    // Where keys can be respelled, the cascade would respell rows that are not the merge's.
    // MariaDB cascades no NULL to who can't take it.
    boolean cascades =
        engine == Engine.POSTGRESQL || nullable || target.stream().noneMatch(Column::nullable);
    if (cascades && target.stream().noneMatch(c -> c.type().hasSpellings())) {
      actions.add(" ON UPDATE CASCADE");
    }
    if (engine == Engine.MARIADB) {
      return actions.get(choice.rule() % actions.size());
    }
    List<String> times =
        List.of("", "", " DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE INITIALLY IMMEDIATE");
    String match = target.size() > 1 && choice.trait() % 4 == 3 ? " MATCH FULL" : "";
    return match
        + actions.get(choice.rule() % actions.size())
        + times.get(choice.rule() / 10 % times.size());
  }

  private static void addColumns(Link link, OfLink choice, Names names) {
    for (int part = 0; part < link.target.size(); part++) {
      String name = names.next("fk", choice.name() + part);
      Type type = link.target.get(part).type();
      Column column = new Column(name, type, link.nullable, Kind.GIVEN, 0, link, part);
      link.columns.add(column);
      link.from.columns.add(column);
    }
    link.from.links.add(link);
  }

  private Column keyColumn(OfColumn choice, Names names, boolean hashed) {
    List<Type> orders = types.stream().filter(Type::key).toList();
    Type type = type(choice, hashed ? types.subList(0, 3) : orders);
    Kind kind =
        switch (choice.trait() % 6) {
          case 3 -> Kind.IDENTITY;
          case 4 -> Kind.IDENTITY_ALWAYS;
          case 5 -> Kind.SERIAL;
          default -> Kind.GIVEN;
        };
    return column(choice, names, type, false, hashed ? Kind.GIVEN : kind);
  }

  private Column plain(OfColumn choice, Names names, boolean partitioned) {
    Kind kind =
        switch (choice.trait() % (partitioned ? 15 : 20)) {
          case 14 -> Kind.SERIAL;
          case 15 -> Kind.DEFAULT;
          case 16 -> Kind.IDENTITY;
          case 17 -> Kind.IDENTITY_ALWAYS;
          case 18 -> Kind.GENERATED;
          case 19 -> Kind.DROPPED;
          default -> Kind.GIVEN;
        };
    // What is computed is a text.
    Type type = kind == Kind.GENERATED ? types.get(1) : type(choice, types);
    return column(choice, names, type, choice.trait() % 3 != 2, kind);
  }

  private static Column column(
      OfColumn choice, Names names, Type type, boolean nullable, Kind kind) {
    Kind possible =
        (kind == Kind.IDENTITY || kind == Kind.IDENTITY_ALWAYS || kind == Kind.SERIAL)
                && !type.canBeNumbered()
            ? Kind.GIVEN
            : kind;
    int offset = choice.trait() % type.values().size();
    boolean numbered =
        possible == Kind.IDENTITY || possible == Kind.IDENTITY_ALWAYS || possible == Kind.SERIAL;
    return new Column(
        names.next("c", choice.name()), type, nullable && !numbered, possible, offset, null, 0);
  }

  /** Half of all columns are of the usual types. */
  private static Type type(OfColumn choice, List<Type> from) {
    int usual = Math.min(Types.USUAL, from.size());
    return choice.type() < Spec.CHOICES / 2
        ? from.get(choice.type() % usual)
        : from.get(choice.type() % from.size());
  }

  private void unique(RandomTable table, OfUnique choice) {
    List<Column> possible =
        table.columns.stream()
            .filter(c -> c.link() == null && c.type().key() && c.isWritten())
            .filter(c -> c.kind() != Kind.IDENTITY_ALWAYS && !table.key.contains(c))
            .filter(c -> table.uniques.stream().noneMatch(u -> u.columns().contains(c)))
            .toList();
    if (possible.isEmpty()) {
      return;
    }
    Column first = possible.get(choice.first() % possible.size());
    Column second = possible.get(choice.second() % possible.size());
    List<Column> columns = first.equals(second) ? List.of(first) : List.of(first, second);
    table.uniques.add(
        new Unique(
            columns, engine == Engine.POSTGRESQL && choice.turn() % 5 == 4, turn(choice, columns)));
  }

  /** Values change hands only where something else can stand in their place meanwhile. */
  private static int turn(OfUnique choice, List<Column> columns) {
    boolean possible = columns.stream().anyMatch(c -> c.nullable() || c.type().canStepAside());
    return possible ? choice.turn() / 5 % 4 : 0;
  }
}
