package io.travaso.mask;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.config.MaskRule;
import io.travaso.config.SyncConfig;
import io.travaso.config.TableEntry;
import io.travaso.config.TableName;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.NameAsWritten;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the columns that a configuration asks to mask, and masks that can't hold. */
public final class MaskResolver {
  private final SyncConfig config;
  private final TableNames names;
  private final Map<ColumnId, Asked> asked = new LinkedHashMap<>();
  private final Map<TableId, Map<String, ColumnMask>> columns = new TreeMap<>();
  private final Map<TableId, List<String>> kept = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** What is asked of a column, and what the user calls it. */
  private record Asked(MaskKind kind, @Nullable String argument, String label) {

    /** Whether columns that must have the same values have this mask too. */
    boolean isShared() {
      return kind != MaskKind.NULL && kind != MaskKind.FIXED && kind != MaskKind.KEEP;
    }

    boolean isLike(Asked other) {
      return kind == other.kind
          && (argument == null ? other.argument == null : argument.equals(other.argument));
    }
  }

  private MaskResolver(SyncConfig config, Catalog catalog) {
    this.config = config;
    this.names = new TableNames(catalog);
  }

  /**
   * All masks, also of columns that reference a masked one or are referenced by it, and all that is
   * wrong with them.
   */
  public static ResolvedMasks resolve(SyncConfig config, Catalog catalog) {
    MaskResolver resolver = new MaskResolver(config, catalog);
    config.masks().rules().forEach(resolver::table);
    SharedValues.of(catalog).forEach(resolver::together);
    return new ResolvedMasks(resolver.columns, resolver.kept, resolver.findings);
  }

  private void table(TableName written, Map<String, MaskRule> rules) {
    Optional<TableNames.Named> named = find(written);
    if (named.isEmpty()) {
      problem(
          "mask: there is no table \"%s\"%s"
              .formatted(
                  written,
                  NearestName.of(written.toString(), names.known())
                      .map(n -> "; the nearest is " + n)
                      .orElse("")),
          "Correct the name.");
      return;
    }
    rules.forEach((name, rule) -> rule(named.get(), name, rule));
  }

  /** A model with a table of its own is known by what the set says of it. */
  private Optional<TableNames.Named> find(TableName written) {
    TableName table =
        config.tables().stream()
            .filter(t -> t.name().equals(written))
            .findFirst()
            .map(TableEntry::table)
            .orElse(null);
    return names.find(asWritten(written), table == null ? null : asWritten(table));
  }

  private static NameAsWritten asWritten(TableName name) {
    return new NameAsWritten(name.qualifier(), name.name());
  }

  private void rule(TableNames.Named named, String name, MaskRule rule) {
    MaskKind kind =
        MaskKind.of(rule.kind())
            .orElseThrow(() -> new IllegalStateException("No kind " + rule.kind()));
    Optional<Column> column = TableNames.column(named, name);
    if (column.isEmpty()) {
      List<String> known = named.table().columns().stream().map(Column::name).toList();
      problem(
          "mask: " + named.label() + " has no column " + name,
          NearestName.of(name, known)
              .map(n -> "Did you mean " + n + "?")
              .orElse("Its columns are " + String.join(", ", known)));
      return;
    }
    String label = named.label() + "." + column.get().name();
    ColumnId id = new ColumnId(named.table().id(), column.get().name());
    if (column.get().generated() && kind != MaskKind.KEEP) {
      problem(
          "mask: " + label + " is computed by the database, from other columns",
          "Mask those; it does not leave by itself.");
    } else if (asked.put(id, new Asked(kind, rule.argument(), label)) != null) {
      problem("mask: " + label + " is named twice", "Take one of the two out.");
    }
  }

  /** Columns that must have the same values: those that reference each other, or one alone. */
  private void together(SharedValues shared) {
    Map<ColumnId, Asked> rules = new TreeMap<>(asked);
    rules.keySet().retainAll(shared.columns().keySet());
    if (rules.isEmpty()) {
      return;
    }
    List<Asked> sharedRules = rules.values().stream().filter(Asked::isShared).toList();
    Asked first = sharedRules.isEmpty() ? null : sharedRules.get(0);
    if (first != null && !agree(first, rules.values())) {
      return;
    }
    shared
        .columns()
        .forEach(
            (id, column) -> {
              Asked own = rules.get(id);
              mask(shared, id, column, own == null ? first : own);
            });
  }

  /** Whether all of them are this mask, or stand on their own. */
  private boolean agree(Asked first, Collection<Asked> rules) {
    for (Asked other : rules) {
      boolean differs = other.isShared() && !other.isLike(first);
      if (differs || other.kind() == MaskKind.KEEP) {
        problem(
            "mask: %s is %s and %s is %s, but they have the same values: one references the other"
                .formatted(first.label(), first.kind().word(), other.label(), other.kind().word()),
            "Give them the same mask, or name only one of them: the other follows.");
        return false;
      }
    }
    return true;
  }

  private void mask(SharedValues shared, ColumnId id, Column column, @Nullable Asked rule) {
    if (rule == null) {
      return;
    }
    if (rule.kind() == MaskKind.KEEP) {
      kept.computeIfAbsent(id.table(), t -> new ArrayList<>()).add(id.column());
      return;
    }
    boolean unique = rule.isShared() ? shared.unique() : shared.isKey(id);
    ColumnMask mask =
        new ColumnMask(
            id.table(),
            column,
            rule.kind(),
            rule.argument(),
            unique,
            rule.isShared() ? shared.room() : TextColumns.room(column),
            TextColumns.isPadded(column));
    String label =
        asked.containsKey(id)
            ? rule.label()
            : id + ", which has the values of " + rule.label() + ",";
    MaskFit.problem(mask)
        .ifPresent(p -> findings.add(Finding.problem("mask: " + label + " " + p.what(), p.hint())));
    columns.computeIfAbsent(id.table(), t -> new TreeMap<>()).put(id.column(), mask);
  }

  private void problem(String what, String hint) {
    findings.add(Finding.problem(what, hint));
  }
}
