package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.TableName;
import io.travaso.database.Database;
import io.travaso.keys.FreshKey;
import io.travaso.keys.KeyReach;
import io.travaso.keys.RenumberPlan;
import io.travaso.keys.Renumbering;
import io.travaso.keys.RunRecord;
import io.travaso.ledger.Baselines;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import io.travaso.table.Column;
import io.travaso.table.NameAsWritten;
import io.travaso.table.SyncTable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Fresh keys for rows of a site, from the plan to the record in the ledger. */
final class LocalRenumber {
  private final Environment environment;
  private final LocalDatabase database;
  private final String toolVersion;
  private final Clock clock;

  LocalRenumber(Environment environment, LocalDatabase database, String toolVersion, Clock clock) {
    this.environment = environment;
    this.database = database;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  KeyReach reach(KeyRequests.Reach request) {
    return Renumbering.reach(
        database.get(), database.catalog(), name(request.table()), request.keys());
  }

  RenumberPlan plan(KeyRequests.PlanRenumber request) {
    try (Renumbering renumbering = open(request.table())) {
      RenumberPlan plan = renumbering.plan(request.keys(), request.above(), request.to());
      refuseAgreed(plan, request.peers());
      return plan;
    }
  }

  /** To the other side such a row would be deleted here, and another one new. */
  private void refuseAgreed(RenumberPlan plan, List<String> peers) {
    Optional<SyncTable> table =
        database.resolution().set().tables().stream()
            .filter(t -> t.id().toString().equals(plan.table()))
            .filter(
                t -> t.match().stream().map(Column::name).toList().equals(List.of(plan.column())))
            .findFirst();
    if (table.isPresent()) {
      for (String peer : peers) {
        List<Long> agreed = agreed(table.get(), plan, peer);
        if (!agreed.isEmpty()) {
          throw SyncException.refused(
              "%s and %s have agreed upon rows of %s with these keys: there they would be deleted, and others new"
                  .formatted(environment.name(), peer, plan.label()),
              "Renumber the row of the environment where it is new. If it is meant, say --force.",
              agreed.stream().map(String::valueOf).toList());
        }
      }
    }
  }

  private List<Long> agreed(SyncTable table, RenumberPlan plan, String peer) {
    Database open = database.get();
    Baselines baselines = new Baselines(open);
    Column key = table.match().get(0);
    List<Long> keys = plan.keys().stream().map(FreshKey::old).toList();
    return open.with(
        "Looking at what was agreed on with " + peer,
        handle ->
            baselines.agreements(handle, peer).stream()
                .filter(a -> a.table().equals(plan.table()))
                .flatMap(a -> a.runs().stream().limit(1))
                .flatMap(run -> baselines.find(handle, peer, table, run).stream())
                .flatMap(
                    base ->
                        handle
                            .createQuery(open.dialect().keys().agreed(table, key, base, keys))
                            .mapTo(Long.class)
                            .list()
                            .stream())
                .toList());
  }

  private Renumbering open(String table) {
    return Renumbering.open(
        database.get(), database.catalog(), name(table), database.resolution().set());
  }

  private static NameAsWritten name(String table) {
    return ConfiguredSet.name(TableName.parse(table));
  }

  RenumberPlan renumber(KeyRequests.Renumber request) {
    RenumberPlan confirmed = request.confirmed();
    Database open = database.get();
    Ledger ledger = new Ledger(open);
    refuseAgreed(confirmed, request.peers());
    try (Renumbering renumbering = open(confirmed.table())) {
      if (!ledger.tryLock(renumbering.session())) {
        throw SyncException.refused(
            "A sync is writing to " + open.name() + " right now",
            "Wait until it is done; `sync history` shows it.");
      }
      if (!ledger.exists() && !database.serverFacts().mayCreateSchema()) {
        renumbering.apply(confirmed, new Unrecorded());
        return confirmed;
      }
      ledger.create();
      ledger.mark(
          new EnvironmentMark(environment.name(), clock.instant(), request.runBy()), toolVersion);
      ledger.closeInterrupted(clock.instant());
      ledger.start(run(request));
      try {
        renumbering.apply(confirmed, new LedgerRecord(ledger, request.runId(), clock));
      } catch (SyncException e) {
        recordFailure(ledger, request.runId(), e);
        throw e;
      }
    }
    return confirmed;
  }

  private void recordFailure(Ledger ledger, String runId, SyncException failure) {
    try {
      ledger.fail(runId, clock.instant(), failure.what());
    } catch (SyncException e) {
      // The first failure is the one to tell; the run stays "started" in the ledger.
      failure.addSuppressed(e);
    }
  }

  private Run run(KeyRequests.Renumber request) {
    return new Run(
        request.runId(),
        clock.instant(),
        null,
        Run.RENUMBER,
        environment.name(),
        environment.name(),
        request.runBy(),
        toolVersion,
        Outcome.STARTED,
        null,
        null,
        null,
        null,
        List.of());
  }

  /** The run's record in the ledger, written in the same transaction. */
  private record LedgerRecord(Ledger ledger, String runId, Clock clock) implements RunRecord {
    @Override
    public void write(Handle transaction, List<Written> tables) {
      ledger.apply(
          transaction,
          runId,
          clock.instant(),
          tables.stream()
              .map(t -> new RunTable(t.table(), 0, t.rows(), 0, 0, t.rowsAfter()))
              .toList());
    }

    @Override
    public boolean isCommitted() {
      return ledger.isApplied(runId);
    }
  }

  /** Where the role may not make a ledger, nothing is recorded. */
  private static final class Unrecorded implements RunRecord {
    @Override
    public void write(Handle transaction, List<Written> tables) {
      // There is no place for it.
    }

    @Override
    public boolean isCommitted() {
      return false;
    }
  }
}
