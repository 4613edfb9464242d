package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.ledger.TableAgreements;
import io.travaso.merge.MergePlan;
import io.travaso.merge.TablePlan;
import io.travaso.site.Exported;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What two sites agreed on last, table by table: the latest run that both remember. One that only
 * one of them remembers was never finished, or was taken back, or is of another database that was
 * called the same.
 */
final class Agreements {
  private final Site source;
  private final Site target;
  private final Map<String, String> agreed;

  private Agreements(Site source, Site target, Map<String, String> agreed) {
    this.source = source;
    this.target = target;
    this.agreed = Map.copyOf(agreed);
  }

  /** Asks both sites. */
  static Agreements of(Site source, Site target) {
    Map<String, List<String>> there = runs(source, target.environment());
    Map<String, List<String>> here = runs(target, source.environment());
    Map<String, String> agreed = new HashMap<>();
    here.forEach(
        (table, runs) ->
            runs.stream()
                .filter(there.getOrDefault(table, List.of())::contains)
                .findFirst()
                .ifPresent(run -> agreed.put(table, run)));
    return new Agreements(source, target, agreed);
  }

  private static Map<String, List<String>> runs(Site site, String peer) {
    Map<String, List<String>> runs = new HashMap<>();
    for (TableAgreements table : site.agreements(new Requests.Agreements(peer))) {
      runs.put(table.table(), table.runs());
    }
    return runs;
  }

  /** The run that both sides agreed in last, by table; a table that is not there has none. */
  Map<String, String> agreed() {
    return agreed;
  }

  /** What an export is to write down for them. */
  Requests.Remember remember() {
    return remember(target);
  }

  /** What was agreed on with one of them. */
  Requests.Remember remember(Site peer) {
    return new Requests.Remember(peer.environment(), agreed);
  }

  /** Whether there is anything to agree on beyond what was, where nothing is to be written. */
  static boolean isNew(@Nullable Exported exported, MergePlan plan) {
    return exported != null
        && exported.digests() != null
        && (exported.fresh() || plan.tables().stream().allMatch(t -> t.goneInSource() == 0));
  }

  /**
   * Lets the source remember what it exported, before the target writes: what it remembers counts
   * from when the target has written the run, whether the source hears of that or not.
   */
  void agree(@Nullable Exported exported, MergePlan plan, String run, Observer observer) {
    String digests = exported == null ? null : exported.digests();
    if (digests == null) {
      return;
    }
    try {
      List<String> settled =
          plan.tables().stream().filter(t -> t.goneInSource() == 0).map(TablePlan::table).toList();
      source.agree(new Requests.Agree(remember(), digests, run, settled));
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      observer.found(
          Finding.warning(
              "%s can't remember what it agreed on with %s: %s"
                  .formatted(source.environment(), target.environment(), e.what()),
              "The sync goes on. The next one does not know what changed since, and where rows"
                  + " differ its source wins. "
                  + e.hint()));
    }
  }
}
