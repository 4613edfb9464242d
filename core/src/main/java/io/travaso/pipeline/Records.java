package io.travaso.pipeline;

import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.ledger.Run;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a site keeps of the past: its backups, and its runs. */
public final class Records {
  private final Site site;

  public Records(Site site) {
    this.site = site;
  }

  /** A backup, as it is listed. */
  public record BackupRow(
      String name,
      String file,
      Instant takenAt,
      long bytes,
      String sha256,
      String environment,
      @Nullable String runId) {

    private static BackupRow of(Backup backup) {
      return new BackupRow(
          backup.name(),
          backup.file().toString(),
          backup.takenAt(),
          backup.bytes(),
          backup.sha256(),
          backup.environment(),
          backup.runId());
    }
  }

  /** A run, as it is listed. */
  public record RunRow(
      String runId,
      Instant startedAt,
      @Nullable Instant finishedAt,
      String command,
      String source,
      String target,
      String runBy,
      String outcome,
      @Nullable String error,
      long created,
      long updated,
      long deleted,
      long unchanged,
      @Nullable String fixture,
      @Nullable String fixtureSha256,
      @Nullable String backup) {

    private static RunRow of(Run run) {
      return new RunRow(
          run.id(),
          run.startedAt(),
          run.finishedAt(),
          run.command(),
          run.source(),
          run.target(),
          run.runBy(),
          run.outcome().name().toLowerCase(Locale.ROOT),
          run.error(),
          run.tables().stream().mapToLong(Run.RunTable::created).sum(),
          run.tables().stream().mapToLong(Run.RunTable::updated).sum(),
          run.tables().stream().mapToLong(Run.RunTable::deleted).sum(),
          run.tables().stream().mapToLong(Run.RunTable::unchanged).sum(),
          run.fixtureFile(),
          run.fixtureSha256(),
          run.backup());
    }
  }

  /** Takes a verified backup of the whole database, and removes those beyond what is to be kept. */
  public BackupRow takeBackup(Observer observer) {
    Backup backup = site.backup(new Requests.TakeBackup(BackupLabel.MANUAL, null), observer);
    site.retain(new Requests.Retain(null));
    return BackupRow.of(backup);
  }

  /** Removes backups beyond what is to be kept, and takes none. */
  public OperationReport prune() {
    List<String> removed = site.retain(new Requests.Retain(null));
    return new OperationReport(
        "backup",
        removed.isEmpty() ? OperationReport.UNCHANGED : OperationReport.APPLIED,
        site.environment(),
        Map.of("removed", removed),
        removed.isEmpty()
            ? List.of("Nothing to remove: all backups are to be kept.")
            : removed.stream().map(name -> "removed " + name).toList());
  }

  /** All backups, the latest first. */
  public List<BackupRow> backups() {
    return site.backups().stream().map(BackupRow::of).toList();
  }

  /** All runs, the latest first. */
  public List<RunRow> history() {
    return site.history().stream().map(RunRow::of).toList();
  }
}
