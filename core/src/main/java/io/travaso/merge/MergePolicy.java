package io.travaso.merge;

/** What becomes of rows that only the target has. */
public enum MergePolicy {
  /** They stay. */
  UPSERT,
  /** They are deleted: the target's tables become an exact copy. */
  FULL_REPLACE
}
