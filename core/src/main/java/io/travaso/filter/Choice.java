package io.travaso.filter;

import io.travaso.table.ColumnRule;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows of a table may be held back, or why all of them are staged: the one place that
 * decides it. Where anything may be spelled, ordered or meant in another way than the bytes say, a
 * table is staged whole.
 *
 * @param order the order of the keys; null where all rows are staged
 * @param why why they are; null where they are not
 */
public record Choice(SyncTable table, @Nullable KeyOrder order, @Nullable Why why) {

  /** Fewer records than that are staged in less time than it takes to ask for the target's. */
  public static final long WORTHWHILE = 2_000;

  /**
   * What is known of a fixture and of its way into the target.
   *
   * @param manifest whether it was exported by this program, so that its manifest tells how
   * @param sameEngine whether it was exported from the engine it comes to
   * @param baseline whether rows are compared with what both sides agreed on
   * @param narrowed the tables of which not all columns, or not all rows, take part
   * @param doubted whether a first attempt came to rows in an order that nobody expected
   * @param records how many records it has, by table
   * @param worthwhile with how many records holding back begins
   */
  public record Circumstances(
      boolean manifest,
      boolean sameEngine,
      boolean baseline,
      Set<TableId> narrowed,
      boolean doubted,
      Map<TableId, Long> records,
      long worthwhile) {

    public Circumstances {
      narrowed = Set.copyOf(narrowed);
      records = Map.copyOf(records);
    }
  }

  /** Decides about a table. */
  public static Choice of(SyncTable table, Circumstances known) {
    Optional<Why> why = ofFixture(known).or(() -> ofTable(table, known));
    if (why.isPresent()) {
      return new Choice(table, null, why.get());
    }
    return KeyOrder.of(table.primaryKey())
        .map(order -> new Choice(table, order, null))
        .orElseGet(() -> new Choice(table, null, Why.KEY));
  }

  private static Optional<Why> ofFixture(Circumstances known) {
    if (!known.manifest()) {
      return Optional.of(Why.NO_MANIFEST);
    }
    if (!known.sameEngine()) {
      return Optional.of(Why.OTHER_ENGINE);
    }
    if (known.doubted()) {
      return Optional.of(Why.DOUBT);
    }
    return known.baseline() ? Optional.of(Why.BASELINE) : Optional.empty();
  }

  private static Optional<Why> ofTable(SyncTable table, Circumstances known) {
    if (known.records().getOrDefault(table.id(), 0L) < known.worthwhile()) {
      return Optional.of(Why.FEW);
    }
    if (known.narrowed().contains(table.id())) {
      return Optional.of(Why.NARROWED);
    }
    if (!table.links().isEmpty()) {
      return Optional.of(Why.LINKS);
    }
    if (table.fields().stream().anyMatch(f -> !(f.rule() instanceof ColumnRule.Carry))) {
      return Optional.of(Why.RULES);
    }
    if (table.primaryKey().isEmpty()
        || !new HashSet<>(table.primaryKey()).equals(new HashSet<>(table.match()))) {
      return Optional.of(Why.MEANING);
    }
    return table.isResolved() ? Optional.of(Why.REFERENCES) : Optional.empty();
  }
}
