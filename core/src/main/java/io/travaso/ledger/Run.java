package io.travaso.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run that wrote, or tried to write, to the database whose ledger it stands in.
 *
 * @param command what was run: {@code dev-to-prod}, {@code import}, {@code rollback-last-sync}
 * @param source the environment the rows came from
 * @param target the environment they went to
 * @param runBy who ran it: user@host
 * @param fixtureFile the fixture's file, on the target's host
 * @param backup the name of the backup taken before
 * @param tables what it did to each table; empty until it is applied
 */
public record Run(
    String id,
    Instant startedAt,
    @Nullable Instant finishedAt,
    String command,
    String source,
    String target,
    String runBy,
    String toolVersion,
    Outcome outcome,
    @Nullable String error,
    @Nullable String fixtureSha256,
    @Nullable String fixtureFile,
    @Nullable String backup,
    List<RunTable> tables) {

  public Run {
    tables = List.copyOf(tables);
  }

  /** How a run ended. */
  public enum Outcome {
    /** It began, and nothing says how it ended: it was killed, or it is still running. */
    STARTED,
    APPLIED,
    /** There was nothing to write: the two sides only came to agree. */
    UNCHANGED,
    /** It failed; the database is as it was before. */
    FAILED,
    /** It was applied, and a later rollback took it back. */
    ROLLED_BACK,
    /** It was applied, and the rows it wrote were made again what they were before. */
    UNDONE
  }

  /**
   * What a run did to a table.
   *
   * @param table its full name
   * @param rowsAfter how many rows it had when the run was done
   */
  public record RunTable(
      String table, long created, long updated, long deleted, long unchanged, long rowsAfter) {}

  /** The command of a run that takes another one back. */
  public static final String ROLLBACK = "rollback-last-sync";

  /** The command of a run that gives rows fresh keys. */
  public static final String RENUMBER = "renumber";

  /** The command of a run that makes the rows another one wrote what they were before. */
  public static final String UNDO = "undo-last-sync";

  /** Whether it wrote rows, as far as it says; otherwise it only agreed that all is the same. */
  public boolean hasWritten() {
    return tables.isEmpty()
        || tables.stream().anyMatch(t -> t.created() + t.updated() + t.deleted() > 0);
  }

  /** Whether it brought rows of another environment, rather than changing what is there. */
  public boolean isSync() {
    return isSync(command);
  }

  /** Whether runs of a command bring rows of another environment. */
  public static boolean isSync(String command) {
    return !command.equals(ROLLBACK) && !command.equals(RENUMBER) && !command.equals(UNDO);
  }
}
