package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which environment the last sync wrote to. */
public final class LastTarget {
  private LastTarget() {}

  /**
   * Asks the ledgers of these sites.
   *
   * @return empty where none of them knows of a sync, or one of them can't be asked
   */
  public static Optional<String> of(List<Site> sites) {
    String last = null;
    Instant when = Instant.MIN;
    try {
      for (Site site : sites) {
        for (Run run : site.history()) {
          if (run.isSync()
              && run.hasWritten()
              && run.outcome() == Outcome.APPLIED
              && run.startedAt().isAfter(when)) {
            last = site.environment();
            when = run.startedAt();
          }
        }
      }
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      // In doubt, and whoever asks has an answer for that; the command itself will say what is
      // wrong.
      return Optional.empty();
    }
    return Optional.ofNullable(last);
  }
}
