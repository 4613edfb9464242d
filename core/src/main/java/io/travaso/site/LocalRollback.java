package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.backup.DumpTool;
import io.travaso.backup.TableDataSink;
import io.travaso.database.BulkLoad;
import io.travaso.ledger.Ledger;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.ledger.Run.RunTable;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.Merger;
import io.travaso.merge.TablePlan;
import io.travaso.site.RollbackPlan.ChangedSince;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import io.travaso.table.WholeTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a backup: the rows it holds of the tables that its run wrote to are staged, and
 * merged as a full replace. So going back is one transaction under short locks like every merge,
 * needs no rights beyond a merge's, leaves all other tables alone, and a row that did not change is
 * not touched.
 */
final class LocalRollback {
  private final LocalDatabase database;
  private final LocalBackups backups;
  private final LocalMerge merge;

  LocalRollback(LocalDatabase database, LocalBackups backups, LocalMerge merge) {
    this.database = database;
    this.backups = backups;
    this.merge = merge;
  }

  RollbackPlan plan(Requests.PlanRollback request, Progress progress) {
    DumpTool tool = backups.tool();
    Ledger ledger = new Ledger(database.get());
    Map<String, Run> runs = new HashMap<>();
    ledger.runs().forEach(run -> runs.put(run.id(), run));
    List<String> passedOver = new ArrayList<>();
    Backup backup = choose(request, runs, tool, passedOver);
    Run run = runs.get(String.valueOf(backup.runId()));
    TableSet set =
        WholeTables.of(tables(backup, run, tool.restoreHint()), database.resolution().set());
    Merger merger = merge.open(set, MergePolicy.FULL_REPLACE, request.willWrite(), "");
    tool.readTables(
        backup.file(),
        withPartitions(set),
        new BackupSink(merger, set, tool.restoreHint(), progress));
    if (run != null) {
      merger.countWrittenSince(run.id());
    }
    MergePlan plan = merger.plan();
    return new RollbackPlan(
        backup,
        passedOver,
        run,
        syncsSince(run, runs.values()),
        plan,
        run == null ? List.of() : since(merger, set, run, plan),
        run != null && syncsSince(run, runs.values()) == 1 && !ledger.before(run.id()).isEmpty());
  }

  private static int syncsSince(@Nullable Run run, Collection<Run> runs) {
    return run == null
        ? 0
        : (int)
            runs.stream()
                .filter(r -> r.isSync() && r.outcome() == Outcome.APPLIED && r.hasWritten())
                .filter(r -> !r.startedAt().isBefore(run.startedAt()))
                .count();
  }

  private Backup choose(
      Requests.PlanRollback request,
      Map<String, Run> runs,
      DumpTool tool,
      List<String> passedOver) {
    String name = request.backup();
    if (name != null) {
      Backup named =
          backups
              .store()
              .find(name)
              .orElseThrow(
                  () ->
                      SyncException.configuration(
                          "There is no backup " + name,
                          "`sync rollback-last-sync --list` shows those there are."));
      return backups.store().verify(named, tool);
    }
    refuseUnlessLastSyncHasBackup(runs.values());
    for (Backup backup : backups.list()) {
      if (backup.kind() == BackupLabel.PRE_SYNC && wasApplied(backup, runs)) {
        Optional<String> damage = damage(backup, tool);
        if (damage.isEmpty()) {
          return backup;
        }
        passedOver.add(backup.name() + ": " + damage.get());
      }
    }
    throw new SyncException(
        Kind.FAILED,
        "There is no sync to take back: no whole backup of one that was applied and not taken back"
            + " yet",
        "`sync rollback-last-sync --list` shows all backups, --backup NAME takes one of them.",
        passedOver);
  }

  /** Going further back than the last sync is meant only by who names a backup. */
  private static void refuseUnlessLastSyncHasBackup(Collection<Run> runs) {
    Optional<Run> last =
        runs.stream()
            .filter(Run::isSync)
            .filter(r -> r.outcome() == Outcome.APPLIED || r.outcome() == Outcome.ROLLED_BACK)
            .filter(Run::hasWritten)
            .max(Comparator.comparing(Run::startedAt));
    String further = "To go further back, name a backup with --backup; --list shows them.";
    if (last.isPresent() && last.get().outcome() == Outcome.ROLLED_BACK) {
      throw SyncException.refused(
          "The last sync, run %s of %s, was taken back already"
              .formatted(last.get().id(), last.get().startedAt()),
          further);
    }
    if (last.isPresent() && last.get().backup() == null) {
      throw SyncException.refused(
          "The last sync, run %s of %s, was made with --no-backup and can't be taken back"
              .formatted(last.get().id(), last.get().startedAt()),
          "`sync undo-last-sync` may still undo it, row by row. " + further);
    }
  }

  /** A sync that failed, or was taken back already, left nothing to go back from. */
  private static boolean wasApplied(Backup backup, Map<String, Run> runs) {
    Run run = runs.get(String.valueOf(backup.runId()));
    return run == null || run.outcome() == Outcome.APPLIED;
  }

  private Optional<String> damage(Backup backup, DumpTool tool) {
    try {
      backups.store().verify(backup, tool);
      return Optional.empty();
    } catch (SyncException e) {
      if (e.kind() == Kind.INTERRUPTED) {
        throw e;
      }
      return Optional.of(e.what());
    }
  }

  private List<Table> tables(Backup backup, @Nullable Run run, String hint) {
    Set<String> written = new HashSet<>();
    if (run != null) {
      run.tables().forEach(t -> written.add(t.table()));
    }
    List<Table> tables = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TableId id : backup.tables()) {
      if (written.isEmpty() || written.contains(id.toString())) {
        database.catalog().find(id).ifPresentOrElse(tables::add, () -> missing.add(id.toString()));
      }
    }
    if (!missing.isEmpty() || tables.isEmpty()) {
      throw SyncException.refused(
          "The tables of backup " + backup.name() + " are not in the database any more",
          hint,
          missing);
    }
    return tables;
  }

  private static Set<TableId> withPartitions(TableSet set) {
    Set<TableId> ids = new HashSet<>();
    for (SyncTable table : set.tables()) {
      ids.add(table.id());
      ids.addAll(table.table().partitions());
    }
    return ids;
  }

  private List<ChangedSince> since(Merger merger, TableSet set, Run run, MergePlan plan) {
    Map<String, RunTable> written = new HashMap<>();
    run.tables().forEach(t -> written.put(t.table(), t));
    List<ChangedSince> since = new ArrayList<>();
    for (int i = 0; i < set.tables().size(); i++) {
      TablePlan back = plan.tables().get(i);
      RunTable then = written.get(back.table());
      long changed = merger.writtenSince().get(i);
      // What the backup has and the table has no more, less what the sync itself deleted.
      long deleted = Math.max(0, back.created() - (then == null ? 0 : then.deleted()));
      if (changed + deleted > 0) {
        since.add(new ChangedSince(back.table(), back.label(), changed, deleted));
      }
    }
    return since;
  }

  /** Puts a backup's rows into staging. */
  private static final class BackupSink implements TableDataSink {
    private static final long STRIDE = 1 << 14;

    private final Merger merger;
    private final TableSet set;
    private final String hint;
    private final Progress progress;
    private @Nullable BulkLoad load;
    private String table = "";
    private long count;

    BackupSink(Merger merger, TableSet set, String hint, Progress progress) {
      this.merger = merger;
      this.set = set;
      this.hint = hint;
      this.progress = progress;
    }

    @Override
    public void begin(TableId id, List<String> columns) {
      SyncTable synced =
          set.find(id).orElseThrow(() -> new IllegalStateException("Not asked for: " + id));
      Set<String> known = new HashSet<>();
      synced.written().forEach(c -> known.add(c.name()));
      if (!known.equals(Set.copyOf(columns))) {
        throw SyncException.refused(
            "The columns of " + id + " have changed since the backup was taken", hint);
      }
      table = id.toString();
      load =
          merger
              .staging()
              .load(
                  synced,
                  columns.stream()
                      .map(c -> synced.stagingName(synced.table().requiredColumn(c)))
                      .toList());
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
      if (load == null) {
        throw new IllegalStateException("A row before its table");
      }
      load.row(buffer, offset, length);
      if (++count % STRIDE == 0) {
        progress.at(table, count, 0);
      }
    }

    @Override
    public void end() {
      if (load != null) {
        load.finish();
        load = null;
      }
    }
  }
}
