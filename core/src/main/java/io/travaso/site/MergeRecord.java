package io.travaso.site;

import io.travaso.database.BaselineSql.Base;
import io.travaso.ledger.Baselines;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.RunTable;
import io.travaso.merge.CommitRecord;
import io.travaso.merge.MergeResult;
import io.travaso.merge.Remembering;
import io.travaso.merge.TablePlan;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * A run's record in the ledger, and what both sides agree on by it, written in the merge's own
 * transaction.
 *
 * @param agreement empty where the other side is not known
 */
record MergeRecord(
    Ledger ledger, Requests.Merge request, Clock clock, Optional<Agreement> agreement)
    implements CommitRecord {

  /**
   * What is to be agreed on, and with whom.
   *
   * @param set the tables that are merged
   * @param own the entries of the target's own rows, of tables that are compared for the first time
   */
  record Agreement(
      LocalDatabase database,
      LocalAgreements agreements,
      TableSet set,
      String peer,
      OwnEntries own) {}

  @Override
  public String run() {
    return request.backup() == null ? "" : request.runId();
  }

  @Override
  public String undoable() {
    return Run.isSync(request.command()) ? request.runId() : "";
  }

  @Override
  public void prepare(Remembering remembering) {
    agreement.ifPresent(
        with -> {
          for (SyncTable table : with.set().tables()) {
            remembering.read(
                table,
                with.agreements().digested(table.id()),
                continued(with, table, remembering).isPresent());
          }
          with.own().load(with.set(), remembering);
        });
  }

  @Override
  public void agree(Remembering remembering) {
    agreement.ifPresent(
        with -> {
          with.set().tables().forEach(t -> agree(with, t, remembering));
          remembering.finish();
        });
  }

  private static Optional<Base> continued(
      Agreement with, SyncTable table, Remembering remembering) {
    return with.agreements().continued(table.id(), remembering.base(table.id()));
  }

  private void agree(Agreement with, SyncTable table, Remembering remembering) {
    Baselines baselines = new Baselines(with.database().get());
    Optional<Base> continued = continued(with, table, remembering);
    remembering.write(
        table,
        continued.isPresent(),
        transaction ->
            baselines.begin(
                transaction,
                with.peer(),
                table,
                with.agreements().digested(table.id()),
                continued,
                request.runId(),
                clock.instant()));
  }

  @Override
  public void write(Handle transaction, MergeResult result) {
    ledger.apply(transaction, request.runId(), clock.instant(), tables(result));
    agreement.ifPresent(with -> with.agreements().keepOnlyTheSet(transaction, with.peer()));
    boolean undo = request.command().equals(Run.UNDO);
    if (undo || request.command().equals(Run.ROLLBACK)) {
      forgetAgreements(transaction, result);
    }
    String back = request.rollsBack();
    if (back != null && undo) {
      ledger.undone(transaction, back);
    } else if (back != null) {
      ledger.rolledBack(transaction, back);
    }
  }

  /** Of the tables that go back, what was agreed on since, with whomever, is agreed on no more. */
  private void forgetAgreements(Handle transaction, MergeResult result) {
    Instant since =
        ledger.runs().stream()
            .filter(run -> run.id().equals(request.rollsBack()))
            .findFirst()
            .map(Run::startedAt)
            // Of another backup nobody knows when that was.
            .orElse(Instant.EPOCH);
    ledger
        .baselines()
        .goBackTo(
            transaction, since, result.plan().tables().stream().map(TablePlan::table).toList());
  }

  @Override
  public boolean isCommitted() {
    return ledger.isApplied(request.runId());
  }

  private static List<RunTable> tables(MergeResult result) {
    List<TablePlan> plans = result.plan().tables();
    return IntStream.range(0, plans.size())
        .mapToObj(
            i ->
                new RunTable(
                    plans.get(i).table(),
                    plans.get(i).created(),
                    plans.get(i).updated(),
                    plans.get(i).deleted(),
                    plans.get(i).unchanged(),
                    result.rowsAfter().get(i)))
        .toList();
  }
}
