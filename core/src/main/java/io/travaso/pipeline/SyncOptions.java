package io.travaso.pipeline;

import io.travaso.merge.MergePolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for.
 *
 * @param command its name: {@code dev-to-prod}, {@code import}
 * @param fullReplace whether rows that only the target has are deleted
 * @param tables the names of the tables to sync; empty for the whole set
 * @param fixture the fixture to import; null where the source is exported
 * @param againstMaster whether the direction against the configured one is meant
 * @param allowDrift whether to merge what both sides have where their tables differ
 * @param acceptNonTransactional whether to write to tables that no ROLLBACK restores
 * @param merge what becomes of what both sides changed
 * @param fullFixture whether every row is moved and compared, not only those that digests tell
 *     apart
 */
public record SyncOptions(
    String command,
    boolean dryRun,
    boolean fullReplace,
    boolean backup,
    List<String> tables,
    @Nullable Path fixture,
    boolean againstMaster,
    boolean allowDrift,
    boolean acceptNonTransactional,
    MergeOptions merge,
    boolean fullFixture) {

  public SyncOptions {
    tables = List.copyOf(tables);
  }

  /** A run that moves what differs. */
  public SyncOptions(
      String command,
      boolean dryRun,
      boolean fullReplace,
      boolean backup,
      List<String> tables,
      @Nullable Path fixture,
      boolean againstMaster,
      boolean allowDrift,
      boolean acceptNonTransactional,
      MergeOptions merge) {
    this(
        command,
        dryRun,
        fullReplace,
        backup,
        tables,
        fixture,
        againstMaster,
        allowDrift,
        acceptNonTransactional,
        merge,
        /* fullFixture= */ false);
  }

  /** A run that was told nothing of what both sides changed. */
  public SyncOptions(
      String command,
      boolean dryRun,
      boolean fullReplace,
      boolean backup,
      List<String> tables,
      @Nullable Path fixture,
      boolean againstMaster,
      boolean allowDrift,
      boolean acceptNonTransactional) {
    this(
        command,
        dryRun,
        fullReplace,
        backup,
        tables,
        fixture,
        againstMaster,
        allowDrift,
        acceptNonTransactional,
        MergeOptions.NONE);
  }

  MergePolicy policy() {
    return fullReplace ? MergePolicy.FULL_REPLACE : MergePolicy.UPSERT;
  }
}
