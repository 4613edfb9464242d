package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.keys.FreshKey;
import io.travaso.keys.KeyReach;
import io.travaso.keys.MovedReferences;
import io.travaso.keys.RenumberPlan;
import io.travaso.ledger.Run;
import io.travaso.site.KeyRequests;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows of one environment fresh keys, which no row of another has: two rows under one key are
 * two rows then.
 */
public final class Renumber {
  public static final String COMMAND = Run.RENUMBER;

  private final Site target;
  private final List<Site> others;
  private final Guard guard;
  private final Observer observer;
  private final Consent consent;
  private final RunIdentity run;

  public Renumber(
      Site target,
      List<Site> others,
      Guard guard,
      Observer observer,
      Consent consent,
      RunIdentity run) {
    this.target = target;
    this.others = List.copyOf(others);
    this.guard = guard;
    this.observer = observer;
    this.consent = consent;
    this.run = run;
  }

  /**
   * Renumbers.
   *
   * @param table as the user writes it
   * @param keys the rows' keys
   * @param to the key to give to the only row; null to take those that come next
   * @param dryRun whether to stop before the first write
   * @param evenAgreed whether also rows that the other side has agreed upon
   */
  public OperationReport run(
      String table, List<Long> keys, @Nullable Long to, boolean dryRun, boolean evenAgreed) {
    SiteReport report = guard.checkAlone(target, observer);
    RenumberPlan plan =
        target
            .keys()
            .plan(
                new KeyRequests.PlanRenumber(table, keys, above(table, to), to, peers(evenAgreed)),
                observer);
    List<String> lines = lines(plan);
    if (dryRun) {
      return report(OperationReport.PLANNED, plan, lines);
    }
    lines.forEach(observer::tells);
    guard.askConsent(new Checked(null, report, null), consent);
    target
        .keys()
        .renumber(new KeyRequests.Renumber(plan, run.id(), run.by(), peers(evenAgreed)), observer);
    return report(
        OperationReport.APPLIED,
        plan,
        List.of(
            "Renumbered in %s: %d rows of %s, %d references."
                .formatted(
                    target.environment(), plan.keys().size(), plan.label(), references(plan))));
  }

  private OperationReport report(String status, RenumberPlan plan, List<String> lines) {
    return new OperationReport(COMMAND, status, target.environment(), plan, lines);
  }

  private List<String> peers(boolean evenAgreed) {
    return evenAgreed ? List.of() : others.stream().map(Site::environment).toList();
  }

  /** The number that a fresh key must be above to be free in every other environment. */
  private long above(String table, @Nullable Long to) {
    long highest = 0;
    for (Site other : others) {
      try {
        KeyReach reach =
            other.keys().reach(new KeyRequests.Reach(table, to == null ? List.of() : List.of(to)));
        if (!reach.taken().isEmpty()) {
          throw taken(table, other, reach);
        }
        highest = Math.max(highest, reach.highest());
      } catch (SyncException e) {
        if (e.kind() == SyncException.Kind.INTERRUPTED || e.kind() == SyncException.Kind.REFUSED) {
          throw e;
        }
        observer.found(
            Finding.warning(
                "%s can't be asked which keys it has: %s".formatted(other.environment(), e.what()),
                "A fresh key may be taken there."));
      }
    }
    return highest;
  }

  private static SyncException taken(String table, Site other, KeyReach reach) {
    return SyncException.refused(
        "%s has a row of %s with the key %s"
            .formatted(other.environment(), table, reach.taken().get(0)),
        "Leave out --to, and a key is taken that is free on all sides.");
  }

  private List<String> lines(RenumberPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("In %s, rows of %s get fresh keys:".formatted(target.environment(), plan.label()));
    for (FreshKey key : plan.keys()) {
      lines.add("  %s %d -> %d".formatted(plan.column(), key.old(), key.fresh()));
    }
    if (plan.references().isEmpty()) {
      lines.add("  nothing references them");
    }
    for (MovedReferences one : plan.references()) {
      lines.add(
          "  %d %s in %s.%s%s"
              .formatted(
                  one.rows(),
                  one.rows() == 1 ? "reference" : "references",
                  one.label(),
                  one.column(),
                  one.generic() ? " (by content type)" : ""));
    }
    return lines;
  }

  private static long references(RenumberPlan plan) {
    return plan.references().stream().mapToLong(MovedReferences::rows).sum();
  }
}
