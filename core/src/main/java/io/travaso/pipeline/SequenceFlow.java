package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.database.ServerFacts;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.KeyClass;
import io.travaso.keys.KeySource;
import io.travaso.site.KeyRequests;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From which numbers each environment draws the keys of its rows. */
public final class SequenceFlow {
  public static final String COMMAND = "sequences";

  private final List<Site> sites;
  private final List<Site> others;
  private final List<String> environments;
  private final Guard guard;
  private final Observer observer;
  private final Consent consent;

  /**
   * @param sites those that are looked at or changed
   * @param others the environments that are not
   * @param environments the names of all there are, in the order of the configuration
   */
  public SequenceFlow(
      List<Site> sites,
      List<Site> others,
      List<String> environments,
      Guard guard,
      Observer observer,
      Consent consent) {
    this.sites = List.copyOf(sites);
    this.others = List.copyOf(others);
    this.environments = List.copyOf(environments);
    this.guard = guard;
    this.observer = observer;
    this.consent = consent;
  }

  /**
   * How a table gets its keys, as it is listed.
   *
   * @param sequence null for AUTO_INCREMENT
   */
  public record Row(
      String table,
      String label,
      String column,
      @Nullable String sequence,
      long next,
      long increment,
      long offset) {
    private static Row of(KeySource source) {
      return new Row(
          source.table(),
          source.label(),
          source.column(),
          source.sequence(),
          source.next(),
          source.increment(),
          source.offset());
    }
  }

  /** How an environment's tables get their keys. */
  public record Sources(String environment, List<Row> tables) {}

  /** How keys are drawn everywhere. */
  public List<Sources> list() {
    return sites.stream()
        .map(
            site ->
                new Sources(
                    site.environment(), site.keys().sources().stream().map(Row::of).toList()))
        .toList();
  }

  /** What changes, or changed, in an environment. */
  public record Changed(String environment, ClassPlan plan) {}

  /** Lets each environment draw from numbers of its own. */
  public OperationReport split(boolean dryRun) {
    if (environments.size() < 2) {
      throw SyncException.refused(
          "There is only one environment, and nobody to share numbers with",
          "Add the other one under environments.");
    }
    return change(dryRun, true);
  }

  /** Lets each environment draw from all numbers again. */
  public OperationReport join(boolean dryRun) {
    return change(dryRun, false);
  }

  private OperationReport change(boolean dryRun, boolean split) {
    List<SiteReport> reports = sites.stream().map(s -> guard.checkAlone(s, observer)).toList();
    if (split) {
      refuseOneServer(reports);
    }
    List<Changed> plans = new ArrayList<>();
    for (Site site : sites) {
      plans.add(new Changed(site.environment(), site.keys().planClass(request(site, split))));
    }
    String names = String.join(", ", sites.stream().map(Site::environment).toList());
    if (plans.stream().allMatch(p -> p.plan().isEmpty())) {
      List<String> lines = lines(plans);
      lines.add(split ? "All keys are drawn so already." : "No keys are drawn from a class.");
      return report(OperationReport.UNCHANGED, names, plans, lines);
    }
    if (dryRun) {
      return report(OperationReport.PLANNED, names, plans, lines(plans));
    }
    lines(plans).forEach(observer::tells);
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      if (!plans.get(i).plan().isEmpty()) {
        changed.add(i);
        guard.askConsent(new Checked(null, reports.get(i), null), consent);
      }
    }
    List<Changed> done = new ArrayList<>();
    for (int i : changed) {
      Site site = sites.get(i);
      done.add(new Changed(site.environment(), site.keys().drawFrom(request(site, split))));
    }
    return report(OperationReport.APPLIED, names, done, lines(done));
  }

  private KeyRequests.DrawFrom request(Site site, boolean split) {
    int count = environments.size();
    KeyClass numbers =
        split ? new KeyClass(environments.indexOf(site.environment()) + 1, count) : KeyClass.ALL;
    return new KeyRequests.DrawFrom(numbers, count);
  }

  private static OperationReport report(
      String status, String names, List<Changed> plans, List<String> lines) {
    return new OperationReport(COMMAND, status, names, plans, lines);
  }

  /** AUTO_INCREMENT is a matter of the whole server. */
  private void refuseOneServer(List<SiteReport> reports) {
    Map<String, String> servers = new LinkedHashMap<>();
    for (Site other : others) {
      try {
        refuseOneServer(other, guard.checkAlone(other, observer), servers);
      } catch (SyncException e) {
        if (e.kind() == SyncException.Kind.INTERRUPTED || e.kind() == SyncException.Kind.REFUSED) {
          throw e;
        }
        observer.found(Finding.warning(e.what(), e.hint()));
      }
    }
    for (int i = 0; i < sites.size(); i++) {
      refuseOneServer(sites.get(i), reports.get(i), servers);
    }
  }

  private static void refuseOneServer(Site site, SiteReport report, Map<String, String> servers) {
    if (site.keys().sources().stream().anyMatch(s -> s.sequence() == null && !s.byMeaning())) {
      String server = server(Objects.requireNonNull(report.server()));
      @Nullable String other = servers.putIfAbsent(server, site.environment());
      if (other != null) {
        throw SyncException.refused(
            "%s and %s are on one server, where AUTO_INCREMENT draws from the same numbers for all databases"
                .formatted(other, site.environment()),
            "Recognise their rows by a business key (match), or put the databases on two servers.");
      }
    }
  }

  private static String server(ServerFacts facts) {
    String end = "/" + facts.database();
    return facts.identity().endsWith(end)
        ? facts.identity().substring(0, facts.identity().length() - end.length())
        : facts.identity();
  }

  private static List<String> lines(List<Changed> plans) {
    List<String> lines = new ArrayList<>();
    for (Changed one : plans) {
      if (one.plan().isEmpty() && one.plan().notes().isEmpty()) {
        continue;
      }
      lines.add("In %s:".formatted(one.environment()));
      for (ClassPlan.Change change : one.plan().changes()) {
        lines.add(
            "  %s (%s): %s, next %d"
                .formatted(
                    change.sequence(),
                    String.join(", ", change.labels()),
                    numbers(change.increment()),
                    change.next()));
      }
      for (ClassPlan.Setting setting : one.plan().server()) {
        lines.add("  %s: %d -> %d".formatted(setting.name(), setting.from(), setting.to()));
      }
      one.plan().notes().forEach(note -> lines.add("  " + note));
    }
    return lines;
  }

  private static String numbers(long increment) {
    return increment == 1
        ? "all numbers"
        : increment == 2 ? "every second number" : "in steps of " + increment;
  }

  /** Warns of tables of two environments that draw their keys from the same numbers. */
  static List<Finding> shared(String a, List<KeySource> here, String b, List<KeySource> there) {
    List<String> tables =
        here.stream()
            .filter(one -> there.stream().anyMatch(other -> isShared(one, other)))
            .map(KeySource::label)
            .toList();
    return tables.isEmpty()
        ? List.of()
        : List.of(
            Finding.warning(
                "%s and %s draw the keys of new rows from the same numbers: %s"
                    .formatted(a, b, String.join(", ", tables)),
                "Two new rows may get one key. `sync sequences --split` gives each side numbers of"
                    + " its own; or let rows be recognised by a business key: match."));
  }

  private static boolean isShared(KeySource one, KeySource other) {
    return one.label().equals(other.label())
        && !one.byMeaning()
        && !other.byMeaning()
        && one.meets(other);
  }
}
