package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Direction;
import io.travaso.config.Environment;
import io.travaso.config.ServiceSettings;
import io.travaso.config.SyncConfig;
import io.travaso.database.ServerFacts;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.merge.MergePolicy;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.ConflictRules;
import io.travaso.site.FixtureFacts;
import io.travaso.site.GeneratedColumn;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.SchemaDrift;
import io.travaso.site.ServiceRequests;
import io.travaso.site.Services;
import io.travaso.site.Site;
import io.travaso.site.SiteReport;
import io.travaso.upgrade.UpgradeState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says no before anything is written: all reasons at once. */
public final class Guard {
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final SyncConfig config;
  private final String toolVersion;
  private final Clock clock;

  public Guard(SyncConfig config, String toolVersion, Clock clock) {
    this.config = config;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  /**
   * Checks both sites and what they are to each other.
   *
   * @throws SyncException with all problems
   */
  Checked check(SyncOptions options, @Nullable Site source, Site target, Observer observer) {
    List<Finding> findings = new ArrayList<>();
    Optional<FixtureFacts> given = given(options, findings);
    sourceName(source, given)
        .flatMap(name -> direction(options, name, target.environment()))
        .ifPresent(findings::add);
    List<Finding> ofTarget = new ArrayList<>();
    Together<Optional<SiteReport>, Optional<SiteReport>> reports =
        Together.of(
            () ->
                source == null
                    ? Optional.empty()
                    : report(source, request(options, Role.SOURCE), findings, observer),
            () -> report(target, request(options, Role.TARGET), ofTarget, Progress.SILENT));
    findings.addAll(ofTarget);
    Optional<SiteReport> there = reports.first();
    Optional<SiteReport> here = reports.second();
    there.ifPresent(s -> here.ifPresent(t -> findings.addAll(between(s, t, options.allowDrift()))));
    ConflictRules rules = source == null ? ConflictRules.NONE : rules(options, here);
    findings.addAll(rules.problems());
    findings.stream().filter(f -> !f.isProblem()).distinct().forEach(observer::found);
    Finding.throwProblems(
        "The check found what keeps " + options.command() + " from running", findings);
    return new Checked(there.orElse(null), here.orElseThrow(), given.orElse(null), rules.rules());
  }

  /** What the configuration says of conflicts that the tables have no column for. */
  List<Finding> conflictRules(SiteReport report) {
    return report.hasProblems()
        ? List.of()
        : ConflictRules.of(config, report.tables(), ConflictRules.Asked.NOTHING).problems();
  }

  /** What becomes of conflicts; an exact copy has none. */
  private ConflictRules rules(SyncOptions options, Optional<SiteReport> target) {
    return options.fullReplace() || target.map(SiteReport::hasProblems).orElse(true)
        ? ConflictRules.NONE
        : ConflictRules.of(config, target.get().tables(), options.merge().asked());
  }

  /**
   * Checks who the two sides of a clone are; what their tables are like is no matter.
   *
   * @throws SyncException with all problems
   */
  Checked checkClone(Site source, Site target, boolean againstMaster, Observer observer) {
    List<Finding> findings = new ArrayList<>();
    if (config.environment(target.environment()).isProtected()) {
      findings.add(
          Finding.refusal(
              target.environment() + " is protected, and a clone would replace all it has",
              "Bring a backup back with `sync restore`, or rows with a sync."));
    }
    direction(againstMaster, "clone", source.environment(), target.environment())
        .ifPresent(findings::add);
    SiteReport from = identity(source, Role.SOURCE, findings, observer);
    SiteReport to = identity(target, Role.TARGET, findings, observer);
    if (from.server() != null
        && to.server() != null
        && from.server().identity().equals(to.server().identity())) {
      findings.add(sameDatabase(from, to));
    }
    findings.stream().filter(f -> !f.isProblem()).distinct().forEach(observer::found);
    Finding.throwProblems("The check found what keeps the clone from being made", findings);
    return new Checked(from, to, null);
  }

  /**
   * Checks that a site is what it is called and can be written to; what its tables are like is no
   * matter.
   *
   * @throws SyncException with all problems
   */
  SiteReport checkAlone(Site site, Observer observer) {
    List<Finding> findings = new ArrayList<>();
    SiteReport report = identity(site, Role.TARGET, findings, observer);
    if (report.server() == null || report.server().standby()) {
      findings.addAll(report.findings());
    }
    findings.stream().filter(f -> !f.isProblem()).distinct().forEach(observer::found);
    Finding.throwProblems(
        "The check found what keeps " + site.environment() + " from being written to", findings);
    return report;
  }

  private SiteReport identity(Site site, Role role, List<Finding> findings, Observer observer) {
    SiteReport report =
        site.check(
            new Requests.Check(role, List.of(), MergePolicy.UPSERT, /* backup= */ false), observer);
    findings.addAll(own(report));
    return report;
  }

  private static Finding sameDatabase(SiteReport source, SiteReport target) {
    return Finding.refusal(
        source.environment()
            + " and "
            + target.environment()
            + " are the same database: "
            + target.place(),
        "Check the databases' URLs in the configuration.");
  }

  private static Optional<FixtureFacts> given(SyncOptions options, List<Finding> findings) {
    Path fixture = options.fixture();
    if (fixture == null) {
      return Optional.empty();
    }
    try {
      FixtureFacts given = FixtureFacts.of(fixture);
      if (given.isForeign()) {
        findings.add(
            Finding.warning(
                "There is no manifest beside "
                    + fixture
                    + ": it is read as a fixture of Django's, and what that cuts is no difference"
                    + " (times after the milliseconds)",
                "If this program exported it, copy the manifest as well. Tables that it has no"
                    + " records of stay as they are."));
      }
      return Optional.of(given);
    } catch (SyncException e) {
      findings.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** Empty where it is not known, as of a fixture that somebody else wrote. */
  private static Optional<String> sourceName(@Nullable Site source, Optional<FixtureFacts> given) {
    return source != null
        ? Optional.of(source.environment())
        : given.flatMap(f -> Optional.ofNullable(f.environment()));
  }

  private static Requests.Check request(SyncOptions options, Role role) {
    return new Requests.Check(
        role,
        options.tables(),
        options.policy(),
        options.backup() && !options.dryRun(),
        options.acceptNonTransactional());
  }

  private Optional<SiteReport> report(
      Site site, Requests.Check request, List<Finding> findings, Progress progress) {
    try {
      SiteReport report = site.check(request, progress);
      findings.addAll(own(report));
      report.findings().stream()
          .filter(f -> f.severity() != Finding.Severity.OK)
          .forEach(findings::add);
      return Optional.of(report);
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      findings.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** What the services of a site need, and what was left half done there. */
  List<Finding> services(Site site, Observer observer) {
    List<Finding> findings = new ArrayList<>();
    List<String> names =
        config.services().values().stream()
            .filter(service -> service.environment().equals(site.environment()))
            .map(ServiceSettings::name)
            .toList();
    if (names.isEmpty()) {
      return findings;
    }
    Services services = site.services();
    for (String name : names) {
      findings.addAll(services.check(new ServiceRequests.Of(name), observer));
    }
    for (UpgradeState upgrade : services.unfinishedUpgrades()) {
      findings.add(
          Finding.warning(
              "The upgrade of %s from %s to %s is not finished"
                  .formatted(upgrade.service(), upgrade.from(), upgrade.to()),
              upgrade.whatNow()));
    }
    return findings;
  }

  /** What is wrong with one site by itself. */
  List<Finding> own(SiteReport report) {
    List<Finding> findings = new ArrayList<>();
    String name = report.environment();
    if (!report.toolVersion().equals(toolVersion)) {
      findings.add(
          Finding.refusal(
              "The tool on "
                  + name
                  + " is version "
                  + report.toolVersion()
                  + ", here it is "
                  + toolVersion,
              "Run `sync deploy " + name + "`."));
    }
    if (!report.configFingerprint().equals(config.fingerprint())) {
      findings.add(
          Finding.refusal(
              "The configuration on " + name + " names other tables or rules than this one",
              "Run `sync deploy " + name + "` to bring them into line."));
    }
    EnvironmentMark mark = report.mark();
    if (mark != null && !mark.environment().equals(name)) {
      findings.add(
          Finding.refusal(
              "The database that the configuration calls "
                  + name
                  + " ("
                  + report.place()
                  + ") is marked as "
                  + mark.environment(),
              "Check the database's URL. If the mark is wrong, correct it in the ledger: the table"
                  + " travaso.environment, on MariaDB travaso_environment."));
    }
    ServerFacts server = report.server();
    if (server != null) {
      Duration off = Duration.between(clock.instant(), server.now()).abs();
      if (off.compareTo(CLOCK_TOLERANCE) > 0) {
        findings.add(
            Finding.warning(
                "The clock of "
                    + name
                    + "'s database differs from this machine's by "
                    + off.toMinutes()
                    + " minutes",
                "Set the clocks; names and history carry their time."));
      }
    }
    return findings;
  }

  /**
   * What is wrong between the two.
   *
   * @param allowDrift whether their tables may differ where that loses nothing
   */
  static List<Finding> between(SiteReport source, SiteReport target, boolean allowDrift) {
    List<Finding> findings = new ArrayList<>();
    ServerFacts from = source.server();
    ServerFacts to = target.server();
    if (from == null || to == null) {
      return findings;
    }
    if (from.identity().equals(to.identity())) {
      findings.add(sameDatabase(source, target));
    }
    // With other problems the sets may not be whole, and every difference would be a consequence.
    if (!source.hasProblems() && !target.hasProblems()) {
      findings.addAll(SchemaDrift.between(source, target).problems(allowDrift));
      findings.addAll(computedOtherwise(source, from, target, to));
    }
    return findings;
  }

  /** Columns that each side computes for itself, and not in the same way. */
  private static List<Finding> computedOtherwise(
      SiteReport source, ServerFacts from, SiteReport target, ServerFacts to) {
    List<Finding> findings = new ArrayList<>();
    for (GeneratedColumn here : source.generated()) {
      for (GeneratedColumn there : target.generated()) {
        boolean same = here.table().equals(there.table()) && here.column().equals(there.column());
        if (same && !here.expression().equals(there.expression())) {
          String what =
              "Schema drift: %s.%s is computed as %s in %s, as %s in %s"
                  .formatted(
                      here.table(),
                      here.column(),
                      here.expression(),
                      source.environment(),
                      there.expression(),
                      target.environment());
          // Two versions may print one expression in two ways.
          findings.add(
              from.engine().equals(to.engine()) && from.major() == to.major()
                  ? Finding.refusal(what, "Bring both sides to the same migrations first.")
                  : Finding.warning(what, "Make sure that it is the same to both versions."));
        }
      }
    }
    return findings;
  }

  /** Whether rows may go from each of two environments to the other. */
  boolean goesBothWays(String one, String other) {
    Direction mode = config.mode();
    List<String> both = List.of(one, other);
    return mode == null || !both.contains(mode.source()) || !both.contains(mode.target());
  }

  /** A configured direction binds also who imports what the other side exported. */
  private Optional<Finding> direction(SyncOptions options, String source, String target) {
    return direction(options.againstMaster(), options.command(), source, target);
  }

  private Optional<Finding> direction(
      boolean againstMaster, String command, String source, String target) {
    Direction mode = config.mode();
    boolean against = mode != null && mode.source().equals(target) && mode.target().equals(source);
    if (mode == null || !against) {
      return Optional.empty();
    }
    String what =
        "The master's direction is %s, and %s goes from %s to %s"
            .formatted(mode.setting(), command, source, target);
    return Optional.of(
        againstMaster
            ? Finding.warning(what, "It runs because of --against-master.")
            : Finding.refusal(what, "If it is meant, say --against-master."));
  }

  /** Asks before the first write: a protected environment by its name. */
  void askConsent(Checked checked, Consent consent) {
    SiteReport target = checked.target();
    Environment environment = config.environment(target.environment());
    boolean agreed =
        environment.isProtected()
            ? consent.isGiven(
                Note.of(Text.ASK_PROTECTED, target.environment(), target.place()),
                target.environment())
            : consent.isGiven(Note.of(Text.ASK_WRITE, target.environment(), target.place()), "");
    List<SiteReport> unmarked = new ArrayList<>();
    SiteReport source = checked.source();
    if (source != null && source.mark() == null) {
      unmarked.add(source);
    }
    if (target.mark() == null) {
      unmarked.add(target);
    }
    for (SiteReport report : unmarked) {
      agreed =
          agreed
              && consent.isGiven(Note.of(Text.ASK_MARK, report.place(), report.environment()), "");
    }
    if (!agreed) {
      throw SyncException.refused("Not confirmed; nothing was written", "");
    }
  }

  /** Marks the source, where it was not marked and may be: it was asked for with the rest. */
  void markSource(Checked checked, @Nullable Site source, RunIdentity run, Observer observer) {
    SiteReport report = checked.source();
    if (source == null || report == null || report.mark() != null) {
      return;
    }
    try {
      source.mark(new Requests.Mark(run.by()));
    } catch (SyncException e) {
      // The sync is done; a source that may only be read stays without a mark.
      observer.found(Finding.warning(e.what(), e.hint()));
    }
  }
}
