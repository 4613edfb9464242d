package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.config.SyncConfig;
import io.travaso.config.TableEntry;
import io.travaso.config.TableName;
import io.travaso.database.Migrations;
import io.travaso.table.Catalog;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableNames.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whose rows each table of a database has after a clone, as the configuration says. */
final class Choice {
  private final Catalog catalog;
  private final TableNames names;
  private final Map<TableId, Origin> origins = new TreeMap<>();
  private final Map<TableId, Named> named = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private Choice(Catalog catalog) {
    this.catalog = catalog;
    this.names = new TableNames(catalog);
  }

  /**
   * Decides.
   *
   * @param others tables that are none of the application's: an extension's
   */
  static Choice of(SyncConfig config, Catalog catalog, Set<TableId> others) {
    Choice choice = new Choice(catalog);
    for (Table table : catalog.all()) {
      if (!others.contains(table.id())) {
        choice.origins.put(table.id(), Origin.SOURCE);
      }
    }
    Set<TableId> excluded = choice.ids(config.exclude(), "exclude");
    Set<TableId> empty = choice.ids(config.cloning().empty(), "clone.empty");
    choice.decide(excluded, Origin.TARGET);
    choice.decide(empty, Origin.NOBODY);
    choice.keepHistories();
    for (TableEntry entry : config.tables()) {
      choice
          .names
          .find(written(entry.name()), entry.table() == null ? null : written(entry.table()))
          .ifPresent(n -> choice.named.put(n.table().id(), n));
    }
    return choice;
  }

  static NameAsWritten written(TableName name) {
    return new NameAsWritten(name.qualifier(), name.name());
  }

  private Set<TableId> ids(List<TableName> written, String where) {
    Set<TableId> ids = new HashSet<>();
    for (TableName name : written) {
      Optional<TableId> found = names.find(written(name), null).map(n -> n.table().id());
      if (found.isPresent()) {
        ids.add(found.get());
      } else {
        findings.add(
            Finding.warning(
                where
                    + ": there is no table \""
                    + name
                    + "\""
                    + NearestName.of(name.toString(), names.known())
                        .map(n -> "; the nearest is " + n)
                        .orElse(""),
                "Correct the name, or take it out."));
      }
    }
    return ids;
  }

  /** With a table go the links of its model's own. */
  private void decide(Set<TableId> ids, Origin origin) {
    for (Table table : catalog.all()) {
      boolean link = TableNames.owner(table).filter(ids::contains).isPresent();
      if (ids.contains(table.id()) || link) {
        origins.replace(table.id(), origin);
      }
    }
  }

  /** Which migrations were applied says what structure there is, and that is the source's. */
  private void keepHistories() {
    for (Table table : catalog.all()) {
      Origin before = origins.get(table.id());
      if (before != null && before != Origin.SOURCE && Migrations.isHistory(table)) {
        origins.put(table.id(), Origin.SOURCE);
        notes.add(
            table.id()
                + " is cloned though it is excluded: it says which migrations the structure has,"
                + " and that is the source's");
      }
    }
  }

  /** Of a table; null for one that takes no part. */
  @Nullable Origin origin(TableId table) {
    return origins.get(table);
  }

  List<Table> tables(Origin origin) {
    return catalog.all().stream().filter(t -> origins.get(t.id()) == origin).toList();
  }

  /** All that take part. */
  List<Table> tables() {
    return catalog.all().stream().filter(t -> origins.containsKey(t.id())).toList();
  }

  Named named(Table table) {
    Named asked = named.get(table.id());
    return asked == null ? names.describe(table) : asked;
  }

  String label(Table table) {
    return named(table).label();
  }

  TableNames names() {
    return names;
  }

  Catalog catalog() {
    return catalog;
  }

  List<String> notes() {
    return notes;
  }

  List<Finding> findings() {
    return findings;
  }
}
