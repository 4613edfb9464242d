package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.keys.KeySource;
import io.travaso.merge.MergePolicy;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything, all at once, and writes nothing. */
public final class Doctor {
  private final Guard guard;
  private final List<Site> sites;

  public Doctor(Guard guard, List<Site> sites) {
    this.guard = guard;
    this.sites = List.copyOf(sites);
  }

  /** Findings about an environment or, under the name {@code a ↔ b}, about two. */
  public record Section(String subject, List<Finding> findings) {}

  public List<Section> examine(Observer observer) {
    List<Section> sections = new ArrayList<>();
    List<SiteReport> reports = new ArrayList<>();
    for (Site site : sites) {
      sections.add(examine(site, reports, observer));
    }
    for (int i = 0; i < reports.size(); i++) {
      for (int j = i + 1; j < reports.size(); j++) {
        SiteReport a = reports.get(i);
        SiteReport b = reports.get(j);
        List<Finding> between = new ArrayList<>(Guard.between(a, b, /* allowDrift= */ false));
        if (between.isEmpty() && !a.hasProblems() && !b.hasProblems()) {
          between.add(Finding.ok("the tables of the set are alike on both sides"));
        }
        between.addAll(sharedKeys(a, b));
        sections.add(new Section(a.environment() + " - " + b.environment(), between));
      }
    }
    return sections;
  }

  /** Only where rows go both ways, two new ones may meet under one key. */
  private List<Finding> sharedKeys(SiteReport a, SiteReport b) {
    if (!guard.goesBothWays(a.environment(), b.environment())
        || a.hasProblems()
        || b.hasProblems()) {
      return List.of();
    }
    try {
      return SequenceFlow.shared(
          a.environment(), sources(a.environment()), b.environment(), sources(b.environment()));
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      return List.of(Finding.warning(e.what(), e.hint()));
    }
  }

  private List<KeySource> sources(String environment) {
    return sites.stream()
        .filter(site -> site.environment().equals(environment))
        .flatMap(site -> site.keys().sources().stream())
        .toList();
  }

  private Section examine(Site site, List<SiteReport> reports, Observer observer) {
    try {
      SiteReport report =
          site.check(
              new Requests.Check(Role.EXAMINED, List.of(), MergePolicy.UPSERT, true), observer);
      reports.add(report);
      List<Finding> findings = new ArrayList<>(guard.own(report));
      findings.addAll(report.findings());
      findings.addAll(guard.conflictRules(report));
      findings.addAll(guard.services(site, observer));
      return new Section(site.environment(), findings);
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      return new Section(site.environment(), List.of(Finding.of(e)));
    }
  }
}
