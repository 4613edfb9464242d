package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.ledger.Run.Outcome;
import io.travaso.site.Site;

/** Asks the target's ledger, on a connection of its own, whether a run is there to stay. */
final class Verification {
  private Verification() {}

  static void requireApplied(Site target, String runId) {
    boolean applied =
        target.history().stream()
            .filter(r -> r.id().equals(runId))
            .anyMatch(r -> r.outcome() == Outcome.APPLIED || r.outcome() == Outcome.UNCHANGED);
    if (!applied) {
      throw SyncException.failed(
          "The ledger of " + target.environment() + " does not show run " + runId + " as applied",
          "Look at `sync history --env " + target.environment() + "` before anything else.");
    }
  }
}
