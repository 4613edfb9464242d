package io.travaso.site;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.config.ConflictSetting;
import io.travaso.config.OnConflict;
import io.travaso.config.SyncConfig;
import io.travaso.config.TableEntry;
import io.travaso.config.TableName;
import io.travaso.merge.ConflictRule;
import io.travaso.site.TableShape.ColumnShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of conflicts in each table. An option for the table goes before one for the run,
 * that before what the configuration says of the table, and that before what it says of all.
 *
 * @param rules by the tables' full names
 * @param problems names that are no table's, columns that a table lacks
 */
public record ConflictRules(Map<String, ConflictRule> rules, List<Finding> problems) {
  /** Nothing is said. */
  public static final ConflictRules NONE = new ConflictRules(Map.of(), List.of());

  public ConflictRules {
    rules = Map.copyOf(rules);
    problems = List.copyOf(problems);
  }

  /**
   * What a run was told by its options.
   *
   * @param onConflict for all tables; null where nothing was said
   * @param byTable for single tables, by the names that were written
   * @param newestBy the column that says when a row was changed; null where none was named
   */
  public record Asked(
      @Nullable OnConflict onConflict, Map<String, OnConflict> byTable, @Nullable String newestBy) {

    /** Nothing was said. */
    public static final Asked NOTHING = new Asked(null, Map.of(), null);

    public Asked {
      byTable = Map.copyOf(byTable);
    }
  }

  /** The rules of tables as a check found them. */
  public static ConflictRules of(SyncConfig config, List<TableShape> tables, Asked asked) {
    Map<String, ConflictRule> rules = new LinkedHashMap<>();
    List<Finding> problems = new ArrayList<>(unknown(tables, asked));
    for (TableShape table : tables) {
      ConflictRule rule = rule(config, table, asked);
      String by = rule.newestBy();
      if (rule.on() == io.travaso.merge.OnConflict.NEWEST) {
        if (hasNothingToSettle(table)) {
          rule = ConflictRule.STOP;
        } else if (by == null || !columns(table).contains(by)) {
          problems.add(lacking(table, by));
        }
      }
      rules.put(table.table(), rule);
    }
    return new ConflictRules(rules, problems);
  }

  private static ConflictRule rule(SyncConfig config, TableShape table, Asked asked) {
    ConflictSetting own =
        entry(config, table).map(TableEntry::conflicts).orElse(ConflictSetting.NONE);
    ConflictSetting all = config.conflicts();
    OnConflict on =
        first(byTable(table, asked), asked.onConflict(), own.onConflict(), all.onConflict());
    String by = first(asked.newestBy(), own.newestBy(), all.newestBy());
    return on == null
        ? ConflictRule.STOP
        : new ConflictRule(
            io.travaso.merge.OnConflict.valueOf(on.name()), on == OnConflict.NEWEST ? by : null);
  }

  @SafeVarargs
  private static <T> @Nullable T first(@Nullable T... choices) {
    for (T choice : choices) {
      if (choice != null) {
        return choice;
      }
    }
    return null;
  }

  private static @Nullable OnConflict byTable(TableShape table, Asked asked) {
    return asked.byTable().entrySet().stream()
        .filter(e -> isCalled(table, e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean isCalled(TableShape table, String name) {
    return table.label().equalsIgnoreCase(name)
        || table.table().equals(name)
        || TableName.parse(table.table()).name().equals(name);
  }

  /** Links between rows are there or not; no value of theirs could be changed on both sides. */
  private static boolean hasNothingToSettle(TableShape table) {
    return table.key().containsAll(columns(table));
  }

  private static List<String> columns(TableShape table) {
    return table.columns().stream().map(ColumnShape::name).toList();
  }

  /** What the configuration has of a table: by its label or full name, else by its name alone. */
  private static Optional<TableEntry> entry(SyncConfig config, TableShape table) {
    TableName full = TableName.parse(table.table());
    Optional<TableEntry> exact =
        config.tables().stream()
            .filter(
                e ->
                    e.table() == null
                        ? e.name().equals(full) || isLabel(e.name(), table)
                        : e.table().equals(full))
            .findFirst();
    return exact.isPresent()
        ? exact
        : config.tables().stream()
            .filter(e -> isNameAlone(e.table() == null ? e.name() : e.table(), full))
            .findFirst();
  }

  private static boolean isLabel(TableName name, TableShape table) {
    String qualifier = name.qualifier();
    return qualifier != null && (qualifier + "." + name.name()).equals(table.label());
  }

  private static boolean isNameAlone(TableName written, TableName full) {
    return written.qualifier() == null && Objects.equals(written.name(), full.name());
  }

  private static List<Finding> unknown(List<TableShape> tables, Asked asked) {
    return asked.byTable().keySet().stream()
        .filter(name -> tables.stream().noneMatch(t -> isCalled(t, name)))
        .sorted()
        .map(
            name ->
                Finding.problem(
                    "--on-conflict: " + name + " is not among the tables of this run",
                    NearestName.of(name, tables.stream().map(TableShape::label).toList())
                        .map(nearest -> "The nearest is " + nearest + ".")
                        .orElse("The set is what `tables` in the configuration lists.")))
        .toList();
  }

  private static Finding lacking(TableShape table, @Nullable String by) {
    if (by == null) {
      return Finding.problem(
          table.label() + ": conflicts go to the newest row, and no column says which that is",
          "Name it: --newest-by COLUMN, or newest-by in the configuration.");
    }
    return Finding.problem(
        "%s has no column %s to say which row is the newest".formatted(table.label(), by),
        NearestName.of(by, columns(table))
                .map(nearest -> "The nearest is " + nearest + "; or settle")
                .orElse("Settle")
            + " its conflicts in another way: --on-conflict "
            + table.label()
            + "=stop.");
  }
}
