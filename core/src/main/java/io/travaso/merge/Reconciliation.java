package io.travaso.merge;

import java.util.List;
import java.util.Map;

/**
 * How a merge tells what changed where, and what becomes of it.
 *
 * @param peer the environment the rows come from
 * @param agreed the run that both sides agreed in last, by table; a table that is not there has no
 *     baseline
 * @param rules by table, for those that have one of their own
 * @param wholeRows whether a row that both sides changed is in conflict also where they changed
 *     different columns
 * @param propagateDeletes whether rows that the source deleted are deleted
 */
public record Reconciliation(
    String peer,
    Map<String, String> agreed,
    ConflictRule rule,
    Map<String, ConflictRule> rules,
    boolean wholeRows,
    boolean propagateDeletes,
    List<Decision> decisions) {

  public Reconciliation {
    agreed = Map.copyOf(agreed);
    rules = Map.copyOf(rules);
    decisions = List.copyOf(decisions);
  }

  /** The rule of a table. */
  public ConflictRule rule(String table) {
    return rules.getOrDefault(table, rule);
  }
}
