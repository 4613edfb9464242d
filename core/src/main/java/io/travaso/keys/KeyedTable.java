package io.travaso.keys;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.NameAsWritten;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableSet;
import io.travaso.table.ValueKind;
import java.util.Objects;
import java.util.Optional;

/**
 * A table whose rows have a number for a key that the database itself draws.
 *
 * @param label its name for people
 */
record KeyedTable(Table table, String label, Column key) {

  /** The sequence the keys are drawn from; the table itself for AUTO_INCREMENT. */
  TableId sequence() {
    return Objects.requireNonNull(key.sequence());
  }

  /**
   * The table of a name.
   *
   * @param set whose tables have names of their own
   * @throws SyncException if there is none, or its keys are others
   */
  static KeyedTable of(Catalog catalog, NameAsWritten name, TableSet set) {
    TableNames names = new TableNames(catalog);
    Table table =
        names
            .find(name, null)
            .map(TableNames.Named::table)
            .orElseThrow(
                () ->
                    SyncException.configuration(
                        "There is no table " + name,
                        NearestName.of(name.toString(), names.known())
                            .map(nearest -> "Did you mean " + nearest + "?")
                            .orElse("")));
    String label = label(catalog, table, set);
    if (table.primaryKey().size() != 1) {
      throw refused(
          label,
          table.primaryKey().isEmpty()
              ? "it has no primary key"
              : "its primary key has several columns: " + String.join(", ", table.primaryKey()));
    }
    Column key = table.requiredColumn(table.primaryKey().get(0));
    table.foreignKeys().stream()
        .filter(k -> k.columns().contains(key.name()))
        .findFirst()
        .ifPresent(
            k -> {
              throw refused(
                  label,
                  "its key "
                      + key.name()
                      + " is that of a row of "
                      + label(catalog, catalog.get(k.target()), set)
                      + ": renumber that one");
            });
    if (key.kind() != ValueKind.INTEGER) {
      throw refused(label, "its key " + key.name() + " is no whole number: " + key.type());
    }
    if (key.sequence() == null) {
      throw refused(label, "the database draws no numbers for its key " + key.name());
    }
    return new KeyedTable(table, label, key);
  }

  /** What people call a table. */
  static String label(Catalog catalog, Table table, TableSet set) {
    return set.find(table.id())
        .map(SyncTable::label)
        .orElseGet(() -> new TableNames(catalog).describe(table).label());
  }

  /** The key of a table, where it is one whole number. */
  static Optional<Column> number(Table table) {
    return Optional.of(table.primaryKey())
        .filter(columns -> columns.size() == 1)
        .map(columns -> table.requiredColumn(columns.get(0)))
        .filter(column -> column.kind() == ValueKind.INTEGER);
  }

  private static SyncException refused(String label, String why) {
    return SyncException.refused(
        "Rows of " + label + " can't get fresh keys: " + why,
        "Only rows whose key is a number that the database draws can.");
  }
}
