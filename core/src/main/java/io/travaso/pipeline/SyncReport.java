package io.travaso.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.travaso.backup.Backup;
import io.travaso.host.Traffic;
import io.travaso.merge.Conflict;
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
 * @param conflicts what both sides changed, and nobody said whose it is to be: nothing is written
 * @param conflictsFile where they are written down on this machine; null where there are none
 * @param firstSync the labels of tables that nobody knows the last common state of, so that the
 *     source's rows replace what differs; null where there are none
 * @param overwritten rows that the target changed, or may have, and that become the source's, at
 *     most {@value #LISTED}; null where there are none
 * @param overwrittenRows how many of these there are in all
 * @param undoWouldKeep of a rollback: how many rows it loses that an undo would keep; null for none
 * @param wire what went over the connections to other hosts; null where both sides are here
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
    @Nullable BackupInfo backup,
    List<ConflictInfo> conflicts,
    @Nullable String conflictsFile,
    @Nullable List<String> firstSync,
    @Nullable List<RowInfo> overwritten,
    @JsonIgnore long overwrittenRows,
    @Nullable Long undoWouldKeep,
    @Nullable Traffic wire) {
  /** How many overwritten rows are listed. */
  static final int LISTED = 100;

  public SyncReport {
    tables = List.copyOf(tables);
    conflicts = List.copyOf(conflicts);
  }

  /** A run that is no rollback. */
  public SyncReport(
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
      @Nullable BackupInfo backup,
      List<ConflictInfo> conflicts,
      @Nullable String conflictsFile,
      @Nullable List<String> firstSync,
      @Nullable List<RowInfo> overwritten,
      long overwrittenRows) {
    this(
        command,
        status,
        dryRun,
        runId,
        source,
        target,
        tables,
        totals,
        drift,
        fixture,
        backup,
        conflicts,
        conflictsFile,
        firstSync,
        overwritten,
        overwrittenRows,
        null,
        null);
  }

  /** A run that knows nothing of what its two sides agreed on. */
  public SyncReport(
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
    this(
        command, status, dryRun, runId, source, target, tables, totals, drift, fixture, backup,
        List.of(), null, null, null, 0);
  }

  /** Whether there is something that somebody has to decide about. */
  boolean hasConflicts() {
    return !conflicts.isEmpty() || totals.conflicts() > 0 || totals.collisions() > 0;
  }

  /** Whether a plan has something that somebody has to decide about. */
  static boolean hasConflicts(MergePlan plan) {
    return !conflicts(plan).isEmpty()
        || plan.total(TablePlan::conflicts) > 0
        || plan.total(TablePlan::collisions) > 0;
  }

  /** The same, ended otherwise. */
  SyncReport with(Status other) {
    return with(other, conflictsFile);
  }

  /** The same, ended otherwise, with its conflicts in a file. */
  SyncReport with(Status other, @Nullable String file) {
    return new SyncReport(
        command,
        other,
        dryRun,
        runId,
        source,
        target,
        tables,
        totals,
        drift,
        fixture,
        backup,
        conflicts,
        file,
        firstSync,
        overwritten,
        overwrittenRows,
        undoWouldKeep,
        wire);
  }

  /** The same, with what went over the wire. */
  SyncReport over(Traffic traffic) {
    return new SyncReport(
        command,
        status,
        dryRun,
        runId,
        source,
        target,
        tables,
        totals,
        drift,
        fixture,
        backup,
        conflicts,
        conflictsFile,
        firstSync,
        overwritten,
        overwrittenRows,
        undoWouldKeep,
        traffic.equals(Traffic.NONE) ? null : traffic);
  }

  /** How it ended. */
  public enum Status {
    PLANNED,
    APPLIED,
    UNCHANGED,
    /** Nothing was written: both sides changed the same. */
    CONFLICTS;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Rows by what becomes of them.
   *
   * @param keptTarget rows that only the target changed, or deleted, and that stay so
   * @param merged rows that have something of both sides; they are among those updated
   * @param collisions rows that both sides created under one key
   * @param goneInSource rows that the source deleted; they are among those only in the target
   */
  public record Counts(
      long created,
      long updated,
      long deleted,
      long unchanged,
      long onlyInTarget,
      long conflicts,
      long keptTarget,
      long merged,
      long collisions,
      long goneInSource) {

    /** Rows written. */
    public long changes() {
      return created + updated + deleted;
    }
  }

  /** A table's rows by what becomes of them, as in {@link Counts}. */
  public record TableCounts(
      String table,
      String model,
      String label,
      long created,
      long updated,
      long deleted,
      long unchanged,
      long onlyInTarget,
      long conflicts,
      long keptTarget,
      long merged,
      long collisions,
      long goneInSource) {}

  /**
   * Something both sides changed.
   *
   * @param kind {@code changed_on_both}, {@code deleted_in_source}, {@code deleted_in_target} or
   *     {@code new_on_both}
   * @param column null where it is about the whole row
   * @param source the source's value; null for NULL, and where it is about the whole row
   * @param target the target's, in the same way
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ConflictInfo(
      String table,
      String label,
      String key,
      String kind,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {

    static ConflictInfo of(Conflict conflict) {
      return new ConflictInfo(
          conflict.table(),
          conflict.label(),
          conflict.key(),
          conflict.kind().name().toLowerCase(Locale.ROOT),
          conflict.column(),
          conflict.source(),
          conflict.target());
    }
  }

  /** A row, by its key. */
  public record RowInfo(String table, String label, String key) {}

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
                    t.conflicts(),
                    t.keptTarget(),
                    t.merged(),
                    t.collisions(),
                    t.goneInSource()))
        .toList();
  }

  static Counts totals(MergePlan plan) {
    return new Counts(
        plan.total(TablePlan::created),
        plan.total(TablePlan::updated),
        plan.total(TablePlan::deleted),
        plan.total(TablePlan::unchanged),
        plan.total(TablePlan::onlyInTarget),
        plan.total(TablePlan::conflicts),
        plan.total(TablePlan::keptTarget),
        plan.total(TablePlan::merged),
        plan.total(TablePlan::collisions),
        plan.total(TablePlan::goneInSource));
  }

  static List<ConflictInfo> conflicts(MergePlan plan) {
    return plan.conflicts().stream().map(ConflictInfo::of).toList();
  }

  /** The rows that are overwritten; null where there are none. */
  static @Nullable List<RowInfo> overwritten(MergePlan plan) {
    List<RowInfo> rows =
        plan.overwritten().stream()
            .limit(LISTED)
            .map(row -> new RowInfo(row.table(), row.label(), row.key()))
            .toList();
    return rows.isEmpty() ? null : rows;
  }
}
