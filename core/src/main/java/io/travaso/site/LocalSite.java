package io.travaso.site;

import io.travaso.Progress;
import io.travaso.backup.Backup;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.fixture.FixtureNames;
import io.travaso.fixture.Manifest;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.TableAgreements;
import io.travaso.merge.MergeResult;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An environment whose host is this machine. */
public final class LocalSite implements Site {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;
  private final LocalDatabase database;
  private final LocalBackups backups;
  private final LocalMerge merge;
  private final KeptDigests kept;
  private final LocalDigests digests;
  private OwnEntries own = OwnEntries.NONE;

  public LocalSite(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.clock = clock;
    this.database = new LocalDatabase(config, environment, surroundings);
    this.backups = new LocalBackups(environment, database, clock);
    this.merge = new LocalMerge(environment, database, toolVersion, clock);
    this.kept = new KeptDigests(config.exports().directory(), environment.name(), clock);
    this.digests = new LocalDigests(database, clock, kept);
  }

  @Override
  public String environment() {
    return environment.name();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public SiteReport check(Requests.Check request, Progress progress) {
    return new LocalCheck(
            config, environment, surroundings, database, backups, toolVersion, clock, request)
        .run();
  }

  @Override
  public List<DigestibleTable> digestible(Requests.Digestible request) {
    return digests.digestible(request);
  }

  @Override
  public List<DigestedTable> digest(Requests.Digest request, Progress progress) {
    return digests.digest(request, progress);
  }

  @Override
  public List<byte[]> compare(Requests.Compare request) {
    return digests.answers(request.questions());
  }

  @Override
  public void keepDigests() {
    kept.mark(database.get());
  }

  @Override
  public Exported export(Requests.Export request, Progress progress) {
    Exported exported =
        new LocalExport(config, environment, database, toolVersion, clock, digests)
            .run(request, progress);
    if (request.file() == null) {
      retainExports(Path.of(exported.file()), environment.name());
    }
    return exported;
  }

  @Override
  public Path fetch(Exported exported, @Nullable Path to, Progress progress) {
    return Path.of(exported.file());
  }

  @Override
  public String send(Path fixture, Progress progress) {
    return fixture.toString();
  }

  @Override
  public FixturePlan plan(Requests.Plan request, Progress progress) {
    Map<TableId, Long> sums = digests.sums();
    own.close();
    own = digests.takeOwnEntries();
    digests.close();
    return merge.plan(request, sums, own, progress);
  }

  @Override
  public RollbackPlan planRollback(Requests.PlanRollback request, Progress progress) {
    return new LocalRollback(database, backups, merge).plan(request, progress);
  }

  @Override
  public Backup backup(Requests.TakeBackup request, Progress progress) {
    List<TableId> tables =
        switch (request.kind()) {
          case PRE_SYNC, PRE_ROLLBACK -> merge.planned();
          // It is for the whole database, whatever the set is.
          case PRE_RESTORE -> List.of();
          case MANUAL -> database.set(List.of()).tables().stream().map(SyncTable::id).toList();
        };
    return backups.take(request, tables);
  }

  @Override
  public MergeResult merge(Requests.Merge request, Progress progress) {
    return merge.merge(request);
  }

  @Override
  public void mark(Requests.Mark request) {
    Ledger ledger = new Ledger(database.get());
    ledger.create();
    merge.mark(ledger, request.by());
  }

  @Override
  public List<String> retain(Requests.Retain request) {
    List<String> removed = new ArrayList<>(backups.retain());
    new Ledger(database.get())
        .forgetWritten(backups.list().stream().map(Backup::name).collect(Collectors.toSet()));
    new Ledger(database.get()).forgetBefore();
    String fixture = request.fixture();
    if (fixture != null) {
      Path latest = Path.of(fixture);
      // Without a manifest it is no export, and among none.
      if (Files.exists(Manifest.beside(latest))) {
        removed.addAll(retainExports(latest, Manifest.read(Manifest.beside(latest)).environment()));
      }
    }
    return removed;
  }

  private List<String> retainExports(Path latest, String from) {
    Path directory = latest.toAbsolutePath().getParent();
    if (directory == null || !directory.equals(config.exports().directory())) {
      // A folder of the user's own is not ours to tidy.
      return List.of();
    }
    ExportsFolder.removeOldArrivals(directory, clock.instant());
    return FixtureNames.retain(latest, from, config.exports().keep()).stream()
        .map(Path::toString)
        .toList();
  }

  @Override
  public List<Backup> backups() {
    return backups.list();
  }

  @Override
  public List<Run> history() {
    return new Ledger(database.get()).runs();
  }

  @Override
  public List<TableAgreements> agreements(Requests.Agreements request) {
    return new LocalAgreements(database, clock).with(request.peer());
  }

  @Override
  public void agree(Requests.Agree request) {
    new LocalAgreements(database, clock).agree(request);
  }

  @Override
  public UndoPlan planUndo(Requests.PlanUndo request, Progress progress) {
    return new LocalUndo(database, merge).plan(request);
  }

  @Override
  public SetProposal propose() {
    return SetProposer.propose(database.catalog());
  }

  @Override
  public Services services() {
    return new LocalServices(config, environment, surroundings, toolVersion, clock);
  }

  @Override
  public Cloning cloning() {
    return new LocalCloning(config, environment, surroundings, toolVersion, clock, database);
  }

  @Override
  public Keys keys() {
    return new LocalKeys(environment, database, toolVersion, clock);
  }

  @Override
  public void close() {
    digests.close();
    kept.close();
    own.close();
    merge.close();
    database.close();
  }
}
