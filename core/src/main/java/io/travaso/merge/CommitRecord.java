package io.travaso.merge;

import org.jdbi.v3.core.Handle;

/**
 * What is written in a merge's own transaction, so that it tells later whether that was committed.
 */
public interface CommitRecord {

  /** The run, if what it writes may be asked for later; empty where nobody will go back. */
  default String run() {
    return "";
  }

  /**
   * Finds what is to be remembered of what both sides agree on, where the merge was told how to
   * compare: before anything is locked, if the rows are then known to be final.
   */
  default void prepare(Remembering remembering) {}

  /** Remembers it. */
  default void agree(Remembering remembering) {}

  /** The run, if it may be undone; empty for one that nobody undoes. */
  default String undoable() {
    return "";
  }

  /** Writes the record, just before COMMIT. */
  void write(Handle transaction, MergeResult result);

  /** Asks on a new connection whether the transaction was committed. */
  boolean isCommitted();
}
