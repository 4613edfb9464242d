package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.Database;
import io.travaso.filter.Choice;
import io.travaso.filter.Doubt;
import io.travaso.filter.Filter;
import io.travaso.fixture.FixtureReader;
import io.travaso.fixture.LeftOutFields;
import io.travaso.fixture.Manifest;
import io.travaso.fixture.RecordSink;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.MergeResult;
import io.travaso.merge.Merger;
import io.travaso.merge.Reconciliation;
import io.travaso.merge.TablePlan;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A merge at a site, from the staged rows to the record in the ledger. */
final class LocalMerge implements AutoCloseable {
  private final Environment environment;
  private final LocalDatabase database;
  private final String toolVersion;
  private final Clock clock;
  private @Nullable Merger merger;
  private @Nullable Reconciliation reconciliation;
  private @Nullable Runnable again;
  private OwnEntries entries = OwnEntries.NONE;

  LocalMerge(Environment environment, LocalDatabase database, String toolVersion, Clock clock) {
    this.environment = environment;
    this.database = database;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  /**
   * Plans.
   *
   * @param sums of the digests of tables that were compared by them
   * @param own the entries of tables that are compared for the first time; the caller closes them
   *     after the merge
   */
  FixturePlan plan(
      Requests.Plan request, Map<TableId, Long> sums, OwnEntries own, Progress progress) {
    FixturePlan planned = planned(request, sums, progress);
    entries = own;
    if (request.willWrite()) {
      requirePlanned().requireRoom(planned.plan());
      again = () -> planned(request, sums, Progress.SILENT);
    }
    return planned;
  }

  private FixturePlan planned(Requests.Plan request, Map<TableId, Long> sums, Progress progress) {
    Path fixture = Path.of(request.fixture());
    List<String> models = request.models();
    return models == null
        ? planExport(request, fixture, sums, progress)
        : planForeign(request, fixture, models, progress);
  }

  private FixturePlan planExport(
      Requests.Plan request, Path fixture, Map<TableId, Long> sums, Progress progress) {
    Manifest manifest = Manifest.read(Manifest.beside(fixture));
    manifest.check(fixture);
    requireSame(request, fixture, manifest.sha256());
    HeldBackRows.requireOfThisRun(fixture, manifest, request);
    TableSet set = database.set(request.tables());
    FixtureFit.Common common =
        FixtureFit.require(
            manifest,
            database.resolution().set(),
            set,
            database.migrations(set),
            environment.name(),
            database.get().dialect().engine(),
            request);
    MaskedReturn masked = masked(manifest, common.set(), request);
    TableSet merged = masked.without(common.set());
    Staged staged =
        choices -> {
          LeftOutFields leftOut = common.leftOut().andMasked(masked.fields());
          Merger opened =
              open(merged, request.policy(), request.willWrite(), manifest.environment());
          if (common.homes().holds() != null) {
            opened.compareAcrossEngines();
          }
          reconcile(opened, request);
          stage(
              opened,
              fixture,
              progress,
              choices,
              sink ->
                  FixtureReader.read(
                      fixture, manifest, byModel(merged), leftOut, common.homes(), sink));
          return opened;
        };
    FilterChoices choices = new FilterChoices(manifest, merged, common, masked, request);
    Map<TableId, Choice> chosen = choices.of(/* doubted= */ false);
    Unmoved unmoved = unmoved(request, manifest, merged, chosen, sums);
    Merger opened;
    try {
      opened = staged.with(chosen);
    } catch (Doubt doubt) {
      opened = staged.with(choices.of(/* doubted= */ true));
    }
    new HeldBackRows(database.get(), opened, manifest.heldBack()).pass(request.onlyInTarget());
    opened.whenLocked(unmoved::require);
    MergePlan plan = masked.plan(opened::plan, progress);
    requireAllLinks(fixture, manifest, plan);
    return new FixturePlan(plan, common.drift());
  }

  /**
   * What a full replace looks at again. A merge leaves alone what others write to rows that it has
   * nothing to do with, as if they had done so after it.
   */
  private Unmoved unmoved(
      Requests.Plan request,
      Manifest manifest,
      TableSet merged,
      Map<TableId, Choice> choices,
      Map<TableId, Long> sums) {
    Unmoved unmoved = new Unmoved(database.get(), database.reading());
    if (request.policy() != MergePolicy.FULL_REPLACE || !request.willWrite()) {
      return unmoved;
    }
    List<SyncTable> filtered = new ArrayList<>();
    for (SyncTable table : merged.tables()) {
      Choice choice = choices.get(table.id());
      Long sum = sums.get(table.id());
      if (manifest.heldBack().containsKey(table.id().toString()) && sum != null) {
        unmoved.add(table, sum);
      } else if (choice != null && choice.order() != null) {
        filtered.add(table);
      }
    }
    unmoved.addAsTheyAre(filtered);
    return unmoved;
  }

  private void reconcile(Merger opened, Requests.Plan request) {
    Reconciliation how = request.reconciliation();
    if (how != null) {
      Map<TableId, Base> bases =
          new LocalAgreements(database, clock)
              .bases(opened.session(), how.peer(), how.agreed(), opened.set());
      opened.reconcile(database.get(), how, bases);
      reconciliation = how;
    }
  }

  /** Links are counted when their lists have been taken apart. */
  private static void requireAllLinks(Path fixture, Manifest manifest, MergePlan plan) {
    for (Manifest.TableEntry entry : manifest.tables()) {
      for (TablePlan table : plan.tables()) {
        long staged = table.created() + table.updated() + table.unchanged() + table.keptTarget();
        boolean links = !entry.in().isEmpty() && entry.table().equals(table.table());
        if (links && staged != entry.records()) {
          throw SyncException.failed(
              "Fixture %s and its manifest disagree: %s has %d links, the manifest says %d"
                  .formatted(fixture, table.label(), staged, entry.records()),
              "Export it again");
        }
      }
    }
  }

  /** A fixture without a manifest concerns only what it has records of, at Django's precision. */
  private FixturePlan planForeign(
      Requests.Plan request, Path fixture, List<String> models, Progress progress) {
    requireSame(request, fixture, FixtureFacts.sha256(fixture));
    TableSet asked = database.set(request.tables());
    TableSet whole = database.resolution().set();
    TableSet concerned = ForeignFit.require(models, whole, asked, request);
    MaskedReturn masked = masked(null, whole, request);
    TableSet merged = masked.without(concerned);
    Merger opened = open(merged, request.policy(), request.willWrite(), "");
    opened.compareAsDjango();
    stage(
        opened,
        fixture,
        progress,
        Map.of(),
        sink -> FixtureReader.readForeign(fixture, byModel(masked.without(whole)), sink));
    MergePlan plan = masked.plan(opened::plan, progress);
    return new FixturePlan(plan, new AllowedDrift(List.of(), List.of()));
  }

  private MaskedReturn masked(@Nullable Manifest manifest, TableSet set, Requests.Plan request) {
    return MaskedReturn.of(
        environment,
        database.masks(),
        manifest,
        set,
        database.resolution().set(),
        request.policy());
  }

  private static void requireSame(Requests.Plan request, Path fixture, String sha256) {
    if (request.sha256() != null && !request.sha256().equals(sha256)) {
      throw SyncException.failed(
          "The fixture " + fixture + " is not the one that was exported or given",
          "Was it changed on the way? Run the command again.");
    }
  }

  /**
   * Opens a merger, alone where it may write.
   *
   * @param from the environment that the rows come from; empty where nobody knows
   */
  Merger open(TableSet set, MergePolicy policy, boolean willWrite, String from) {
    close();
    Database open = database.get();
    // What was exported here has this environment's prefixes, and what looks like another's is not.
    String prefixes = from.equals(environment.name()) ? "" : environment.name();
    Merger opened = Merger.open(open, database.catalog(), set, policy, prefixes);
    merger = opened;
    database.reading().bounded(opened.session());
    if (willWrite && !new Ledger(open).tryLock(opened.session())) {
      throw SyncException.refused(
          "Another sync is writing to " + open.name() + " right now",
          "Wait until it is done; `sync history` shows it.");
    }
    return opened;
  }

  /** Stages all anew, in a session of its own. */
  private interface Staged {
    Merger with(Map<TableId, Choice> choices);
  }

  private interface Reading {
    void into(RecordSink sink) throws IOException;
  }

  private static Map<String, SyncTable> byModel(TableSet set) {
    Map<String, SyncTable> models = new HashMap<>();
    set.tables().forEach(t -> models.put(t.model(), t));
    return models;
  }

  private void stage(
      Merger merger,
      Path fixture,
      Progress progress,
      Map<TableId, Choice> choices,
      Reading reading) {
    Database open = database.get();
    try (StagingSink sink = new StagingSink(merger);
        Filter filter =
            new Filter(
                fixture,
                sink,
                open,
                database.reading()::beside,
                choices,
                t -> new MergeHeldRows(merger, t))) {
      reading.into(new ToldRecords(filter, progress));
      sink.finish();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Reading " + fixture + " failed: " + e.getMessage(),
          "Look at the disk it is on.",
          e);
    }
  }

  /** The tables of the merge that was planned. */
  List<TableId> planned() {
    return requirePlanned().set().tables().stream().map(SyncTable::id).toList();
  }

  /** Whoever asks over SSH is told as well, and the site can be asked on. */
  private Merger requirePlanned() {
    Merger opened = merger;
    if (opened == null) {
      throw SyncException.failed(
          "Nothing was planned in " + environment.name() + ", so nothing can be written",
          "Run the command again.");
    }
    return opened;
  }

  MergeResult merge(Requests.Merge request) {
    requirePlanned();
    Ledger ledger = new Ledger(database.get());
    ledger.create();
    if (!request.confirmed().isEmpty()) {
      // Where no row is written, nobody was asked.
      mark(ledger, request.runBy());
    }
    ledger.closeInterrupted(clock.instant());
    ledger.start(run(request));
    try {
      return new LostMerges(database.get(), again)
          .apply(
              () ->
                  requirePlanned()
                      .apply(
                          request.confirmed(),
                          new MergeRecord(ledger, request, clock, agreement(requirePlanned()))));
    } catch (SyncException e) {
      recordFailure(ledger, request.runId(), e);
      throw e;
    } finally {
      close();
    }
  }

  private Optional<MergeRecord.Agreement> agreement(Merger opened) {
    return Optional.ofNullable(reconciliation)
        .map(
            how ->
                new MergeRecord.Agreement(
                    database,
                    new LocalAgreements(database, clock),
                    opened.set(),
                    how.peer(),
                    entries));
  }

  void mark(Ledger ledger, String by) {
    ledger.mark(new EnvironmentMark(environment.name(), clock.instant(), by), toolVersion);
  }

  private void recordFailure(Ledger ledger, String runId, SyncException failure) {
    try {
      ledger.fail(runId, clock.instant(), failure.what());
    } catch (SyncException e) {
      // The first failure is the one to tell; the run stays "started" in the ledger.
      failure.addSuppressed(e);
    }
  }

  private Run run(Requests.Merge request) {
    return new Run(
        request.runId(),
        clock.instant(),
        null,
        request.command(),
        request.source(),
        environment.name(),
        request.runBy(),
        toolVersion,
        Outcome.STARTED,
        null,
        request.fixtureSha256(),
        request.fixture(),
        request.backup(),
        List.of());
  }

  @Override
  public void close() {
    reconciliation = null;
    again = null;
    if (merger != null) {
      merger.close();
      merger = null;
    }
  }
}
