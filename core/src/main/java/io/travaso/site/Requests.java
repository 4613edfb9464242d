package io.travaso.site;

import io.travaso.backup.BackupLabel;
import io.travaso.filter.Codes;
import io.travaso.filter.Question;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.Reconciliation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a site is asked to do. */
public final class Requests {
  private Requests() {}

  /** The part a site has in a run. */
  public enum Role {
    /** It is read. */
    SOURCE,
    /** It is written to. */
    TARGET,
    /** It is looked at, for {@code sync doctor}. */
    EXAMINED
  }

  /**
   * Look at everything that has to be right.
   *
   * @param tables the names of the tables to look at; empty for the whole set
   * @param backup whether a backup will be taken
   * @param acceptNonTransactional whether it may be written to tables that no ROLLBACK restores
   */
  public record Check(
      Role role,
      List<String> tables,
      MergePolicy policy,
      boolean backup,
      boolean acceptNonTransactional) {

    /** Look, where nothing will be written that could not be taken back. */
    public Check(Role role, List<String> tables, MergePolicy policy, boolean backup) {
      this(role, tables, policy, backup, false);
    }
  }

  /**
   * Export the set.
   *
   * @param tables the names of the tables to export; empty for the whole set
   * @param file where to, on the site's host; null for a name of its own among the site's exports
   * @param ending how that name ends: {@code .json}, {@code .jsonl.gz}, {@code .json.zst}
   * @param indent spaces a level of JSON; 0 for one record a line
   * @param remember what the rows are to be compared with that the other side will remember; null
   *     where none will
   * @param parts the rows that are exported of tables of which not all are; they are seen as they
   *     were when their digests were taken
   */
  public record Export(
      List<String> tables,
      @Nullable String file,
      String ending,
      int indent,
      @Nullable Remember remember,
      List<Codes> parts) {

    public Export {
      parts = List.copyOf(parts);
    }

    /** An export of all rows, that nobody remembers. */
    public Export(List<String> tables, @Nullable String file, String ending, int indent) {
      this(tables, file, ending, indent, null, List.of());
    }
  }

  /**
   * Say of which tables the rows can be compared by digests.
   *
   * @param tables the names of the tables; empty for the whole set
   * @param remember what will be remembered, and with whom; null where nothing will
   */
  public record Digestible(List<String> tables, @Nullable Remember remember) {}

  /**
   * Take the digests of all rows of some tables, as they are at one moment.
   *
   * @param tables their ids
   * @param role the source keeps that moment, to export what was digested
   * @param remember what the rows are compared with there and then, each side by itself; null where
   *     only the two sides are
   * @param keep whether they are to be kept for the next time, once {@link Site#keepDigests} says
   *     so
   * @param first those that will be remembered for the first time, so that the target notes what it
   *     would remember of its own rows
   */
  public record Digest(
      Role role,
      List<String> tables,
      @Nullable Remember remember,
      boolean keep,
      List<String> first) {}

  /** Answer questions about the digests that were taken. */
  public record Compare(List<Question> questions) {}

  /**
   * Write beside an export the digests of its rows that are others than in the last agreement.
   *
   * @param peer the environment the export goes to
   * @param agreed the run that both sides agreed in last, by table; a table that is not there has
   *     no baseline
   */
  public record Remember(String peer, Map<String, String> agreed) {}

  /**
   * Stage a fixture and say what merging it would do.
   *
   * @param fixture the fixture's file on the site's host
   * @param sha256 the SHA-256 it must have; null where only its manifest knows
   * @param willWrite whether a merge may follow, so that no other run may begin
   * @param allowDrift whether to merge what both sides have, where that loses nothing
   * @param models what a fixture without a manifest has records of; null where there is a manifest
   * @param reconciliation how to tell what changed where; null where the source wins
   * @param onlyInTarget of tables of which the fixture has but a part, the rows that the target has
   *     and the source has not
   */
  public record Plan(
      String fixture,
      @Nullable String sha256,
      List<String> tables,
      MergePolicy policy,
      boolean willWrite,
      boolean allowDrift,
      @Nullable List<String> models,
      @Nullable Reconciliation reconciliation,
      List<Codes> onlyInTarget) {

    public Plan {
      onlyInTarget = List.copyOf(onlyInTarget);
    }

    /** A plan in which the source wins. */
    public Plan(
        String fixture,
        @Nullable String sha256,
        List<String> tables,
        MergePolicy policy,
        boolean willWrite,
        boolean allowDrift,
        @Nullable List<String> models) {
      this(fixture, sha256, tables, policy, willWrite, allowDrift, models, null, List.of());
    }
  }

  /**
   * Say in which runs there was an agreement with another environment.
   *
   * @param peer the other environment
   */
  public record Agreements(String peer) {}

  /**
   * Remember what was exported as what both sides agree on, as soon as the other side has written
   * that run.
   *
   * @param digests the file that the export wrote beside the fixture
   * @param run the run that will write
   * @param settled the tables of which the other side will have no row that was agreed on and that
   *     the export lacks: what is deleted there is forgotten
   */
  public record Agree(Remember remember, String digests, String run, List<String> settled) {}

  /**
   * Stage a backup and say what going back to it would do.
   *
   * @param backup the backup's name; null for the one before the last sync
   * @param willWrite whether a merge may follow, so that no other run may begin
   */
  public record PlanRollback(@Nullable String backup, boolean willWrite) {}

  /**
   * Take a backup.
   *
   * @param runId the run it is taken for; null where it is for none
   */
  public record TakeBackup(BackupLabel kind, @Nullable String runId) {}

  /**
   * Apply what was planned.
   *
   * @param confirmed the plan as it was shown
   * @param runId the run's id in the ledger
   * @param fixtureSha256 null for a rollback
   * @param backup the name of the backup taken before; null where there is none
   * @param rollsBack the run that is taken back or undone; null where none is
   */
  public record Merge(
      MergePlan confirmed,
      String runId,
      String command,
      String source,
      String runBy,
      @Nullable String fixtureSha256,
      @Nullable String fixture,
      @Nullable String backup,
      @Nullable String rollsBack) {}

  /**
   * Mark the database as the environment it is.
   *
   * @param by who marks it: user@host
   */
  public record Mark(String by) {}

  /**
   * Remove what is beyond what is to be kept.
   *
   * @param fixture a fixture that was just written or merged and stays; null where there is none
   */
  public record Retain(@Nullable String fixture) {}

  /**
   * Stage the rows that the last sync wrote as they were before, and say what undoing it would do.
   *
   * @param skipChanged whether to leave rows that changed again since, and undo the others
   * @param willWrite whether a merge may follow, so that no other run may begin
   */
  public record PlanUndo(boolean skipChanged, boolean willWrite) {}
}
