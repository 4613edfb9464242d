package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.database.BeforeParts.About;
import io.travaso.database.BeforeParts.Described;
import io.travaso.database.BeforeParts.Part;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.Conflict;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.Merger;
import io.travaso.merge.Undo;
import io.travaso.table.Table;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way back to the rows that the last sync wrote as they were before, from what the ledger keeps
 * of them. All other rows stay, whatever was done to them since.
 */
final class LocalUndo {
  private static final String ROLLBACK =
      "`sync rollback-last-sync` takes it back whole, from the backup made before it.";

  private final LocalDatabase database;
  private final LocalMerge merge;

  LocalUndo(LocalDatabase database, LocalMerge merge) {
    this.database = database;
    this.merge = merge;
  }

  UndoPlan plan(Requests.PlanUndo request) {
    Ledger ledger = new Ledger(database.get());
    Run run = last(ledger.runs());
    List<Part> parts = ledger.before(run.id());
    if (parts.isEmpty()) {
      throw SyncException.refused(
          "The last sync, run %s of %s, can't be undone: the ledger does not have what its rows were before"
              .formatted(run.id(), run.startedAt()),
          ROLLBACK);
    }
    requireSameColumns(parts, run);
    TableSet set = Undo.set(database.catalog(), parts, database.resolution().set());
    boolean deletes = run.tables().stream().anyMatch(t -> t.created() > 0);
    Merger merger =
        merge.open(
            set, deletes ? MergePolicy.FULL_REPLACE : MergePolicy.UPSERT, request.willWrite(), "");
    Undo undo = merger.undo();
    List<Conflict> conflicts = undo.stage(parts);
    return new UndoPlan(run, undo.counted(merger.plan()), conflicts);
  }

  /** The last sync whose rows are there. */
  private static Run last(List<Run> runs) {
    Optional<Run> last =
        runs.stream()
            .filter(Run::isSync)
            .filter(r -> r.outcome() == Outcome.APPLIED || r.outcome() == Outcome.ROLLED_BACK)
            .filter(Run::hasWritten)
            .findFirst();
    if (last.isEmpty()) {
      throw SyncException.failed("There is no sync to undo: the ledger has none", "");
    }
    if (last.get().outcome() == Outcome.ROLLED_BACK) {
      throw SyncException.refused(
          "The last sync, run %s of %s, was rolled back already"
              .formatted(last.get().id(), last.get().startedAt()),
          "`sync history` shows all runs.");
    }
    return last.get();
  }

  /** What was written down of other columns would not be what rows were. */
  private void requireSameColumns(List<Part> parts, Run run) {
    List<String> problems = new ArrayList<>();
    for (Part part : parts) {
      Undo.table(database.catalog(), part)
          .ifPresentOrElse(
              table -> changes(part, table, problems),
              () -> problems.add(part.name() + " is not there any more"));
    }
    if (!problems.isEmpty()) {
      throw SyncException.refused(
          "The last sync, run %s of %s, can't be undone: tables have changed since"
              .formatted(run.id(), run.startedAt()),
          ROLLBACK,
          problems);
    }
  }

  private static void changes(Part part, Table table, List<String> problems) {
    List<Described> then = part.about().columns();
    List<Described> now = About.columns(table);
    then.stream()
        .filter(c -> !now.contains(c))
        .forEach(
            c ->
                problems.add(
                    "%s.%s was another column, or is not there".formatted(table.id(), c.name())));
    now.stream()
        .filter(c -> then.stream().noneMatch(t -> t.name().equals(c.name())))
        .forEach(c -> problems.add("%s.%s is new".formatted(table.id(), c.name())));
    if (problems.isEmpty() && !then.equals(now)) {
      problems.add(table.id() + ": its columns stand in another order");
    }
  }
}
