package io.travaso.site;

import io.travaso.keys.KeyClass;
import io.travaso.keys.RenumberPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a site is asked about the keys of its rows. */
public final class KeyRequests {
  private KeyRequests() {}

  /**
   * How far a table's keys go.
   *
   * @param table as the user writes it
   * @param keys keys to look for
   */
  public record Reach(String table, List<Long> keys) {}

  /**
   * What it would take to give rows fresh keys.
   *
   * @param table as the user writes it
   * @param above a number that they must be above
   * @param to the key to give to the only row; null to draw it
   * @param peers the environments whose agreements with this one keep their rows' keys
   */
  public record PlanRenumber(
      String table, List<Long> keys, long above, @Nullable Long to, List<String> peers) {}

  /**
   * Give rows the keys of a plan.
   *
   * @param runId the run's id in the ledger
   * @param runBy who runs it: user@host
   * @param peers as for the plan
   */
  public record Renumber(RenumberPlan confirmed, String runId, String runBy, List<String> peers) {}

  /** Draw keys from a class of numbers; what it takes, or to do it. */
  public record DrawFrom(KeyClass numbers, int environments) {}
}
