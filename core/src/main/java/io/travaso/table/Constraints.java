package io.travaso.table;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table demands of its rows beyond types and foreign keys, as far as it can be told before
 * they are written; a CHECK that calls what is not immutable is not here.
 *
 * @param exclusions the primary key among them
 * @param generated the expressions of the columns the database computes
 * @param defaults the defaults that are literals
 * @param partitionedBy the columns that decide on a row's partition
 */
public record Constraints(
    List<Exclusion> exclusions,
    List<Check> checks,
    Map<String, String> generated,
    Map<String, String> defaults,
    Set<String> partitionedBy) {

  /** None at all. */
  public static final Constraints NONE =
      new Constraints(List.of(), List.of(), Map.of(), Map.of(), Set.of());

  public Constraints {
    exclusions = List.copyOf(exclusions);
    checks = List.copyOf(checks);
    generated = Map.copyOf(generated);
    defaults = Map.copyOf(defaults);
    partitionedBy = Set.copyOf(partitionedBy);
  }
}
