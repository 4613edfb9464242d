package io.travaso.cli.testing;

import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.BackupInfo;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import io.travaso.pipeline.SyncReport.Counts;
import io.travaso.pipeline.SyncReport.FixtureInfo;
import io.travaso.pipeline.SyncReport.RowInfo;
import io.travaso.pipeline.SyncReport.Status;
import io.travaso.pipeline.SyncReport.TableCounts;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reports of runs that never were. */
public final class Reports {
  private Reports() {}

  /**
   * A table's counts.
   *
   * @param label {@code app.Model}
   */
  public static TableCounts table(
      String label, long created, long updated, long deleted, long unchanged, long onlyInTarget) {
    String model = label.toLowerCase(java.util.Locale.ROOT);
    return new TableCounts(
        "public." + model.replace('.', '_'),
        model,
        label,
        created,
        updated,
        deleted,
        unchanged,
        onlyInTarget,
        0,
        0,
        0,
        0,
        0);
  }

  /** A table's counts where something was merged. */
  public static TableCounts merged(
      TableCounts table,
      long conflicts,
      long keptTarget,
      long merged,
      long collisions,
      long goneInSource) {
    return new TableCounts(
        table.table(),
        table.model(),
        table.label(),
        table.created(),
        table.updated(),
        table.deleted(),
        table.unchanged(),
        table.onlyInTarget(),
        conflicts,
        keptTarget,
        merged,
        collisions,
        goneInSource);
  }

  public static SyncReport planned(boolean dryRun, TableCounts... tables) {
    List<TableCounts> all = List.of(tables);
    return new SyncReport(
        "dev-to-prod",
        Status.PLANNED,
        dryRun,
        "20261120T140311Z-0a1b2c",
        "dev",
        "prod",
        all,
        new Counts(
            sum(all, TableCounts::created),
            sum(all, TableCounts::updated),
            sum(all, TableCounts::deleted),
            sum(all, TableCounts::unchanged),
            sum(all, TableCounts::onlyInTarget),
            sum(all, TableCounts::conflicts),
            sum(all, TableCounts::keptTarget),
            sum(all, TableCounts::merged),
            sum(all, TableCounts::collisions),
            sum(all, TableCounts::goneInSource)),
        null,
        new FixtureInfo("/srv/work/dev_export_20261120_140311.json.zst", "ab12", 501),
        null);
  }

  /** The same, done. */
  public static SyncReport applied(SyncReport planned, boolean withBackup) {
    return new SyncReport(
        planned.command(),
        Status.APPLIED,
        false,
        planned.runId(),
        planned.source(),
        planned.target(),
        planned.tables(),
        planned.totals(),
        planned.drift(),
        planned.fixture(),
        withBackup
            ? new BackupInfo(
                "pre_sync_20261120_140311.dump",
                "/srv/backups/pre_sync_20261120_140311.dump",
                7_200_000,
                "cd34",
                true)
            : null);
  }

  /** One that ends with conflicts. */
  public static SyncReport conflicts(List<ConflictInfo> conflicts, @Nullable String file) {
    SyncReport planned =
        planned(true, merged(table("a.B", 0, 0, 0, 1, 0), conflicts.size(), 0, 0, 0, 0));
    return with(planned, Status.CONFLICTS, conflicts, file, null, null, 0);
  }

  /** One whose tables have no common state yet. */
  public static SyncReport firstSync(List<RowInfo> overwritten, long rows) {
    SyncReport planned = planned(true, table("a.B", 0, rows, 0, 1, 0));
    return with(planned, Status.PLANNED, List.of(), null, List.of("a.B"), overwritten, rows);
  }

  private static SyncReport with(
      SyncReport planned,
      Status status,
      List<ConflictInfo> conflicts,
      @Nullable String file,
      @Nullable List<String> firstSync,
      @Nullable List<RowInfo> overwritten,
      long overwrittenRows) {
    return new SyncReport(
        planned.command(),
        status,
        planned.dryRun(),
        planned.runId(),
        planned.source(),
        planned.target(),
        planned.tables(),
        planned.totals(),
        planned.drift(),
        planned.fixture(),
        planned.backup(),
        conflicts,
        file,
        firstSync,
        overwritten,
        overwrittenRows);
  }

  private static long sum(List<TableCounts> tables, ToLongFunction<TableCounts> count) {
    return tables.stream().mapToLong(count).sum();
  }

  /** What everybody sees first. */
  public static SyncReport everyday() {
    return planned(
        true,
        table("anagrafiche.Cliente", 15, 8, 0, 78, 1),
        table("pratiche.Pratica", 23, 0, 0, 74, 0),
        table("pratiche.PraticaNota", 0, 0, 0, 260, 0));
  }
}
