package io.travaso.site;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.fixture.Manifest;
import io.travaso.fixture.MaskedColumns;
import io.travaso.mask.MaskedSet;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.TablePlan;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The masked columns of rows that come to where the data are real: neither compared nor written,
 * whatever stands in the fixture.
 *
 * @param columns by table
 */
record MaskedReturn(TableSet set, Map<TableId, Set<String>> columns) {

  /**
   * @param manifest what the fixture says was masked in it; null where there is none
   * @throws SyncException if rows could not be told apart without them
   */
  static MaskedReturn of(
      Environment environment,
      LocalMasks masks,
      @Nullable Manifest manifest,
      TableSet set,
      TableSet whole,
      MergePolicy policy) {
    Map<TableId, Set<String>> columns = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    if (environment.isProtected()) {
      findings.addAll(masks.returning(set, whole));
      new MaskedSet(masks.resolved(), set, whole)
          .notReturning()
          .forEach((table, names) -> add(columns, table, names));
      if (manifest != null) {
        manifest.masked().tables().forEach(t -> addMasked(columns, findings, set, t));
      }
    }
    MaskedReturn back = new MaskedReturn(set, columns);
    back.findActing(policy, findings);
    Finding.throwProblems("What is masked can't come back to " + environment.name(), findings);
    return back;
  }

  private static void add(
      Map<TableId, Set<String>> columns, TableId table, Collection<String> names) {
    columns.computeIfAbsent(table, t -> new TreeSet<>()).addAll(names);
  }

  /** The fixture's own word: also where the configuration has no rule, or not any more. */
  private static void addMasked(
      Map<TableId, Set<String>> columns,
      List<Finding> findings,
      TableSet set,
      MaskedColumns.OfTable masked) {
    for (SyncTable table : set.tables()) {
      if (!table.id().toString().equals(masked.table())) {
        continue;
      }
      List<String> keys =
          table.match().stream().map(Column::name).filter(masked.columns()::containsKey).toList();
      if (!keys.isEmpty()) {
        findings.add(
            Finding.refusal(
                "The rows of %s in the fixture are recognised by %s, which is masked there"
                    .formatted(table.label(), String.join(", ", keys)),
                "Nobody can tell which of the real rows they are: leave the table out."));
        continue;
      }
      table.fields().stream()
          .filter(Field::isCarried)
          .map(f -> f.column().name())
          .filter(masked.columns()::containsKey)
          .forEach(name -> add(columns, table.id(), List.of(name)));
    }
  }

  /** A column that stays as it is must not be changed by the database itself. */
  private void findActing(MergePolicy policy, List<Finding> findings) {
    for (SyncTable table : set.tables()) {
      Set<String> left = columns.getOrDefault(table.id(), Set.of());
      for (ForeignKey key : table.table().foreignKeys()) {
        boolean reached =
            key.columns().stream().anyMatch(left::contains)
                && set.contains(key.target())
                && policy == MergePolicy.FULL_REPLACE;
        if (reached) {
          findings.add(
              Finding.refusal(
                  "%s.%s is masked and stays as it is, but references rows of %s that a full replace may delete"
                      .formatted(table.label(), String.join(", ", key.columns()), key.target()),
                  "Merge without --full-replace."));
        }
      }
    }
  }

  /** The tables without the columns that stay. */
  TableSet without(TableSet tables) {
    return tables.without(columns);
  }

  /** The fields that stand in the fixture for them, by model. */
  Map<String, Set<String>> fields() {
    Map<String, Set<String>> fields = new HashMap<>();
    for (SyncTable table : set.tables()) {
      Set<String> left = columns.getOrDefault(table.id(), Set.of());
      Set<String> names = new HashSet<>();
      table.fields().stream()
          .filter(f -> left.contains(f.column().name()))
          .forEach(f -> names.add(f.name()));
      fields.put(table.model(), names);
    }
    return fields;
  }

  /**
   * Plans, and tells of new rows what they have no value in.
   *
   * @throws SyncException if they must have one, or for any other reason that the plan finds
   */
  MergePlan plan(Supplier<MergePlan> planning, Progress progress) {
    MergePlan plan;
    try {
      plan = planning.get();
    } catch (SyncException e) {
      List<String> needed = needed(e.details());
      throw needed.isEmpty()
          ? e
          : new SyncException(
              e.kind(),
              e.what(),
              "%s %s masked, so that nothing comes back to new rows: say under `columns` what they get, keep-target for the source's, {keep-target: {default: TEXT}} for a text; rows that are there keep theirs. %s"
                  .formatted(
                      String.join(", ", needed), needed.size() == 1 ? "is" : "are", e.hint()),
              e.details());
    }
    for (TablePlan table : plan.tables()) {
      Set<String> left = left(table.table());
      if (!left.isEmpty() && table.created() > 0) {
        progress.tells(
            "%s: %d new %s no value in %s, which %s masked"
                .formatted(
                    table.label(),
                    table.created(),
                    rows(table.created()),
                    String.join(", ", left),
                    left.size() == 1 ? "is" : "are"));
      }
    }
    return plan;
  }

  private Set<String> left(String table) {
    return set.tables().stream()
        .filter(t -> t.id().toString().equals(table))
        .findFirst()
        .map(t -> columns.getOrDefault(t.id(), Set.of()))
        .orElse(Set.of());
  }

  /** The columns that stay and may not be NULL, where rows are refused for just that. */
  private List<String> needed(List<String> details) {
    List<String> needed = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      for (String name : columns.getOrDefault(table.id(), Set.of())) {
        boolean refused =
            details.stream()
                .anyMatch(d -> d.startsWith(table.label()) && d.endsWith(name + " is NULL"));
        Column column = table.table().requiredColumn(name);
        if (refused && !column.nullable() && !column.hasDefault()) {
          needed.add(table.label() + "." + name);
        }
      }
    }
    return needed;
  }

  private static String rows(long count) {
    return count == 1 ? "row has" : "rows have";
  }
}
