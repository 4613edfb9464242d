package io.travaso.table;

import io.travaso.table.Catalog.Model;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table to try things on, without a database. */
final class TableBuilder {
  private final TableId id;
  private final List<Column> columns = new ArrayList<>();
  private List<String> primaryKey = List.of();
  private final List<UniqueKey> uniqueKeys = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

  private TableBuilder(TableId id) {
    this.id = id;
  }

  /** A table without columns in the schema public. */
  static TableBuilder bare(String name) {
    return new TableBuilder(new TableId("public", name));
  }

  /** A table with an id that the database gives out. */
  static TableBuilder table(String name) {
    return new TableBuilder(new TableId("public", name)).column("id", true, false).key("id");
  }

  /** A NOT NULL column. */
  TableBuilder column(String name) {
    return column(name, false, false);
  }

  TableBuilder nullable(String name) {
    return column(name, false, true);
  }

  private TableBuilder column(String name, boolean numbered, boolean nullable) {
    TableId sequence = numbered ? new TableId(id.schema(), id.name() + "_" + name + "_seq") : null;
    return column(name, nullable, false, sequence);
  }

  TableBuilder generated(String name) {
    return column(name, false, true, null);
  }

  private TableBuilder column(
      String name, boolean nullable, boolean generated, @Nullable TableId sequence) {
    columns.add(
        new Column(
            name,
            "bigint",
            ValueKind.INTEGER,
            true,
            "OPERATOR(pg_catalog.=)",
            false,
            nullable,
            false,
            generated,
            sequence != null,
            sequence));
    return this;
  }

  TableBuilder key(String... names) {
    primaryKey = List.of(names);
    return this;
  }

  TableBuilder unique(String... names) {
    uniqueKeys.add(new UniqueKey(id.name() + "_" + String.join("_", names), List.of(names)));
    return this;
  }

  /** A reference of one column to the id of a table. */
  TableBuilder references(String column, String target) {
    return references(List.of(column), target, List.of("id"));
  }

  TableBuilder references(List<String> from, String target, List<String> to) {
    foreignKeys.add(
        new ForeignKey(
            id.name() + "_" + String.join("_", from) + "_fk",
            id,
            from,
            new TableId("public", target),
            to,
            false));
    return this;
  }

  TableBuilder trait(Trait trait) {
    traits.add(trait);
    return this;
  }

  Table build() {
    return new Table(
        id,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        List.of(),
        Constraints.NONE,
        traits,
        EnumSet.allOf(Privilege.class));
  }

  static Catalog catalog(List<Model> models, TableBuilder... builders) {
    Map<TableId, Table> tables = new HashMap<>();
    Arrays.stream(builders)
        .map(TableBuilder::build)
        .forEach(table -> tables.put(table.id(), table));
    return new Catalog(tables, models, "public");
  }

  static Catalog catalog(TableBuilder... builders) {
    return catalog(List.of(), builders);
  }
}
