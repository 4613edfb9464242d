package io.travaso.pipeline;

import java.util.List;

/**
 * Something to tell a user: which text, and what stands in it. The texts themselves are the command
 * line's, in the user's language.
 *
 * @param args numbers stay numbers, so that they can be written as the language writes them
 */
public record Note(Text text, List<Object> args) {

  public Note {
    args = List.copyOf(args);
  }

  public static Note of(Text text, Object... args) {
    return new Note(text, List.of(args));
  }

  /** Every text there is; the comment says what stands in it. */
  public enum Text {
    /** Number of tables, source, target. */
    CHECKED,
    /** Number of tables, environment. */
    CHECKED_ONE,
    /** Records, bytes, file. */
    EXPORTED,
    EXPORTED_PART,
    THOROUGH,
    /** A fixture was given: its file. */
    SKIPPED_FIXTURE_GIVEN,
    /** File there, bytes sent, bytes received. */
    TRANSFERRED,
    /** Source and target are on this machine. */
    SKIPPED_SAME_MACHINE,
    /** Rows to write, rows unchanged. */
    PLANNED,
    /** Table, field, how many references to rows the target does not have, NULL. */
    REFERENCES_NULL,
    /** Table, field, how many references to rows the target does not have, the key instead. */
    REFERENCES_REPLACED,
    /** Table without a common state, target, source. */
    FIRST_SYNC,
    /** How many rows that the target changed become the source's, target. */
    OVERWRITES,
    /** How many rows the source deleted and the target keeps, source, target, option. */
    GONE_IN_SOURCE,
    /** How many rows the target deleted and that stay deleted, target, option. */
    GONE_IN_TARGET,
    /** The saved plan: its file. */
    SAVED_PLAN,
    /** With conflicts there is no plan to save. */
    NOT_SAVED,
    /** Table, column that only the target has, target. */
    COLUMN_KEPT,
    /** Table, column that only the source has, source. */
    COLUMN_LEFT_OUT,
    /** Side that lacks migrations, how many, side that has them, their names. */
    MIGRATIONS_LACKING,
    /** Nothing to change. */
    NOTHING_TO_CHANGE,
    SKIPPED_NOTHING_TO_CHANGE,
    SKIPPED_DRY_RUN,
    SKIPPED_NO_BACKUP,
    /** Both sides changed the same. */
    SKIPPED_CONFLICTS,
    SKIPPED_ROLLBACK,
    /** --force. */
    SKIPPED_FORCE,
    CONFIRMED,
    /** Name, bytes. */
    BACKED_UP,
    /** Created, updated, deleted. */
    MERGED,
    /** Rows read back, files removed. */
    VERIFIED,
    /** Question: environment, where its database is; its name is to be typed. */
    ASK_PROTECTED,
    /** Question: environment, where its database is. */
    ASK_WRITE,
    /** Question: the database's place, environment it would be marked as. */
    ASK_MARK,
    /** Question: backup, environment, where its database is, rows changed since. */
    ASK_ROLLBACK,
    /** Backup chosen: name, taken at (instant), bytes. */
    BACKUP_CHOSEN,
    /** A backup that is not whole was passed over: its name, why. */
    BACKUP_PASSED_OVER,
    /** Rows changed or added and rows deleted since the sync: table, written, deleted. */
    CHANGED_SINCE,
    /** Nothing was changed since the sync. */
    NOT_CHANGED_SINCE,
    /** More than the last sync would be taken back: how many. */
    TAKES_BACK_SEVERAL,
    /** The ledger does not know the sync, so what was changed since can't be told. */
    CHANGED_SINCE_UNKNOWN,
    /** Host, type of its key, fingerprint. */
    HOST_KEY,
    /** Question: host, file its key would be recorded in; "yes" is to be typed. */
    ASK_TRUST,
    /** Question: backup, environment. */
    ASK_RESTORE,
    /** Question: service, environment, old tag, new tag. */
    ASK_UPGRADE,
    /** Question: service, environment. */
    ASK_ROLLBACK_UPGRADE,
    /** Question: source, target, where the target's database is. */
    ASK_CLONE,
    /** A file that was put on a host: its path there. */
    DEPLOYED_FILE,
    SKIPPED_UNDO,
    /** The sync that is undone: its command, source, when it began (instant), its id. */
    UNDOES,
    /** Question: when the sync began (instant), environment, its place, rows that changed again. */
    ASK_UNDO,
    /** An undo would keep rows that a rollback loses: how many. */
    UNDO_LOSES_LESS,
    /** What a sync changed is too much to be kept for an undo. */
    NOT_UNDOABLE
  }
}
