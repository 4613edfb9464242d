package io.travaso.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the catalog has it.
 *
 * @param primaryKey the names of its columns in key order; empty where the table has none
 * @param partitions its leaf partitions, for a partitioned table
 * @param constraints what it demands of its rows beyond that
 * @param traits what makes it need care
 * @param privileges what the connected role may do with it
 */
public record Table(
    TableId id,
    List<Column> columns,
    List<String> primaryKey,
    List<UniqueKey> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<TableId> partitions,
    Constraints constraints,
    Set<Trait> traits,
    Set<Privilege> privileges) {

  /** What makes a table need care. */
  public enum Trait {
    PARTITIONED,
    /** Other tables inherit from it, or it from another. */
    INHERITANCE,
    /** Rules rewrite what is written to it. */
    RULES,
    /** Row-level security hides rows from the connected role. */
    ROW_SECURITY,
    /** Triggers of its own run when it is written to, as far as can be seen. */
    TRIGGERS,
    /** What is written to it stays written, also after a ROLLBACK. */
    NON_TRANSACTIONAL,
    /** The database keeps every former version of its rows. */
    SYSTEM_VERSIONED
  }

  /** A right on a table. */
  public enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE
  }

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    partitions = List.copyOf(partitions);
    traits = Set.copyOf(traits);
    privileges = Set.copyOf(privileges);
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** A column that must exist, because the catalog itself named it. */
  public Column requiredColumn(String name) {
    return column(name)
        .orElseThrow(() -> new IllegalStateException("No column " + name + " in " + id));
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether these columns together, in any order, are the primary key or a unique key. */
  public boolean isUnique(List<String> names) {
    Set<String> wanted = Set.copyOf(names);
    return wanted.equals(Set.copyOf(primaryKey))
        || uniqueKeys.stream().anyMatch(k -> wanted.equals(Set.copyOf(k.columns())));
  }
}
