package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.TableName;
import io.travaso.database.Database;
import io.travaso.keys.KeyReach;
import io.travaso.keys.RenumberPlan;
import io.travaso.keys.Renumbering;
import io.travaso.keys.RunRecord;
import io.travaso.ledger.EnvironmentMark;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import io.travaso.table.NameAsWritten;
import java.time.Clock;
import java.util.List;
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
      return renumbering.plan(request.keys(), request.above(), request.to());
    }
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
