package io.travaso.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.travaso.backup.Backup;
import io.travaso.merge.MergePlan;
import io.travaso.merge.TablePlan;
import io.travaso.site.AllowedDrift;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, or would do. As JSON it is the result that scripts read.
 *
 * @param drift where the two sides differ and were merged all the same; null where they don't
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncReport(
    String command,
    Status status,
    boolean dryRun,
    String runId,
    String source,
    String target,
    List<TableCounts> tables,
    Counts totals,
    @Nullable AllowedDrift drift,
    @Nullable FixtureInfo fixture,
    @Nullable BackupInfo backup) {

  /** The same, ended otherwise. */
  SyncReport with(Status other) {
    return new SyncReport(
        command, other, dryRun, runId, source, target, tables, totals, drift, fixture, backup);
  }

  /** How it ended. */
  public enum Status {
    PLANNED,
    APPLIED,
    UNCHANGED;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rows by what becomes of them. */
  public record Counts(
      long created, long updated, long deleted, long unchanged, long onlyInTarget, long conflicts) {

    /** Rows written. */
    public long changes() {
      return created + updated + deleted;
    }
  }

  /** A table's rows by what becomes of them. */
  public record TableCounts(
      String table,
      String model,
      String label,
      long created,
      long updated,
      long deleted,
      long unchanged,
      long onlyInTarget,
      long conflicts) {}

  public record FixtureInfo(String file, String sha256, long records) {}

  public record BackupInfo(String name, String file, long bytes, String sha256, boolean verified) {

    /** A backup that a store gave is verified; one that is not is never given. */
    static BackupInfo of(Backup backup) {
      return new BackupInfo(
          backup.name(), backup.file().toString(), backup.bytes(), backup.sha256(), true);
    }
  }

  static List<TableCounts> tables(MergePlan plan) {
    return plan.tables().stream()
        .map(
            t ->
                new TableCounts(
                    t.table(),
                    t.model(),
                    t.label(),
                    t.created(),
                    t.updated(),
                    t.deleted(),
                    t.unchanged(),
                    t.onlyInTarget(),
                    t.conflicts()))
        .toList();
  }

  static Counts totals(MergePlan plan) {
    return new Counts(
        plan.total(TablePlan::created),
        plan.total(TablePlan::updated),
        plan.total(TablePlan::deleted),
        plan.total(TablePlan::unchanged),
        plan.total(TablePlan::onlyInTarget),
        plan.total(TablePlan::conflicts));
  }
}
