package io.travaso.site;

import com.google.errorprone.annotations.FormatMethod;
import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.ServerFacts;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.ledger.Ledger;
import io.travaso.merge.Rights;
import io.travaso.site.Requests.Role;
import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.TableSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at everything that has to be right at a site, and goes on after what is wrong. */
final class LocalCheck {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final LocalDatabase database;
  private final LocalBackups backups;
  private final String toolVersion;
  private final Clock clock;
  private final Requests.Check request;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable ServerFacts server;
  private @Nullable EnvironmentMark mark;
  private List<TableShape> tables = List.of();
  private List<MigrationHistory> migrations = List.of();
  private List<GeneratedColumn> generated = List.of();

  LocalCheck(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      LocalDatabase database,
      LocalBackups backups,
      String toolVersion,
      Clock clock,
      Requests.Check request) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.database = database;
    this.backups = backups;
    this.toolVersion = toolVersion;
    this.clock = clock;
    this.request = request;
  }

  SiteReport run() {
    if (each(this::checkServer)) {
      each(this::checkLedger);
      if (request.role() != Role.TARGET) {
        each(() -> new LocalCheckReading(environment, database, findings).standby());
      }
      each(this::checkTables);
      if (request.backup() || request.role() == Role.EXAMINED) {
        each(() -> findings.addAll(backups.check(server())));
      }
    }
    if (request.role() == Role.EXAMINED) {
      examine();
    }
    return new SiteReport(
        environment.name(),
        toolVersion,
        config.fingerprint(),
        database.place(),
        server,
        mark,
        tables,
        migrations,
        generated,
        findings);
  }

  /** What a run does not need to know, and its user does. */
  private void examine() {
    if (server != null) {
      LocalCheckTables examined = new LocalCheckTables(config, environment, database, findings);
      look(new LocalCheckReading(environment, database, findings)::cluster);
      look(examined::whatIsNotInTheSet);
      look(examined::counters);
      look(examined::sequences);
      look(examined::triggers);
      look(examined::genericReferences);
      look(examined::rightsToWrite);
    }
    LocalCheckHost host = new LocalCheckHost(config, environment, surroundings, clock, findings);
    look(host::secrets);
    if (server != null) {
      look(() -> host.container(database.reach()));
    }
    look(() -> host.backups(backups));
    look(host::exports);
  }

  /** What can't be looked at keeps nobody from working. */
  private void look(Runnable check) {
    try {
      check.run();
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      findings.add(Finding.warning(environment.name() + ": " + e.what(), e.hint()));
    }
  }

  /** Makes one check; its failure is a finding among others. */
  private boolean each(Runnable check) {
    try {
      check.run();
      return true;
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      findings.add(Finding.of(e));
      return false;
    }
  }

  private ServerFacts server() {
    ServerFacts facts = server;
    if (facts == null) {
      throw new IllegalStateException("The server was not asked");
    }
    return facts;
  }

  private Dialect dialect() {
    return database.get().dialect();
  }

  private void checkServer() {
    ServerFacts facts = database.serverFacts();
    server = facts;
    ok("%s %s, %s", facts.engine(), facts.version(), database.place());
    if (facts.major() < dialect().oldestMajor()) {
      findings.add(
          Finding.failure(
              "%s: %s %s is too old".formatted(environment.name(), facts.engine(), facts.version()),
              "Supported are " + dialect().oldest() + " and later."));
    }
    if (facts.standby() && request.role() == Role.TARGET) {
      findings.add(
          Finding.refusal(
              environment.name() + " is a read-only standby", "Name the primary in its URL."));
    }
  }

  private void checkLedger() {
    Ledger ledger = new Ledger(database.get());
    mark = ledger.mark().orElse(null);
    if (mark != null) {
      ok("marked as %s since %s", mark.environment(), mark.markedAt());
    }
    if (request.role() == Role.TARGET && !ledger.exists() && !server().mayCreateSchema()) {
      findings.add(
          Finding.failure(
              "The role "
                  + server().user()
                  + " may not create the ledger in "
                  + server().database(),
              "As its owner: GRANT %s TO %s;"
                  .formatted(
                      dialect().ledger().rightToCreate(server().database()),
                      dialect().grantee(server().user()))));
    }
  }

  private void checkTables() {
    // Two foreign keys over one column make the same finding twice.
    database.resolution().findings().stream().distinct().forEach(findings::add);
    TableSet set = database.resolution().set().select(request.tables());
    if (set.tables().isEmpty()) {
      findings.add(
          Finding.problem(
              "There is no table to sync", "List some under `tables`; see `sync init`."));
    }
    tables = set.tables().stream().map(TableShape::of).toList();
    migrations = database.migrations(set);
    checkRights(set);
    checkMasks(set);
    LocalCheckStructure structure =
        new LocalCheckStructure(
            environment.name(), database.get(), set, database.masks().nameless(set));
    findings.addAll(structure.findings());
    findings.addAll(structure.nonTransactional(request));
    findings.addAll(structure.writtenByTriggers(request, database.catalog()));
    generated = structure.generated();
    if (findings.stream().noneMatch(Finding::isProblem)) {
      ok("%d tables in the set, order found, privileges as needed", tables.size());
    }
  }

  private void checkMasks(TableSet set) {
    TableSet whole = database.resolution().set();
    LocalMasks masks = database.masks();
    List<Finding> found =
        request.role() == Role.TARGET ? masks.returning(set, whole) : masks.leaving(set, whole);
    findings.addAll(found);
    if (masks.concern() && found.isEmpty()) {
      ok("%d columns are masked where rows leave", masks.resolved().all().size());
    }
  }

  private void checkRights(TableSet set) {
    Database open = database.get();
    Catalog catalog = database.catalog();
    List<Rights.Missing> missing =
        open.with(
            "Looking at the role's rights in " + open.name(),
            session ->
                request.role() == Role.TARGET
                    ? Rights.toMerge(session, open.dialect(), catalog, set, request.policy())
                    : Rights.toRead(session, open.dialect(), catalog, set));
    String role = server().user();
    for (Rights.Missing right : missing) {
      findings.add(
          Finding.failure(
              "%s: the role %s lacks %s on %s"
                  .formatted(environment.name(), role, right.privileges(), right.object()),
              "As its owner: " + right.grant()));
    }
  }

  @FormatMethod
  private void ok(String format, Object... args) {
    findings.add(Finding.ok(environment.name() + ": " + format.formatted(args)));
  }
}
