package io.travaso.model;

/** What a sync is asked for. */
record Order(boolean toProd, Policy policy, boolean wholeRows, Deletes deletes, boolean backup) {
  /** What a conflict is settled by. */
  enum Policy {
    STOP,
    SOURCE,
    TARGET
  }

  /** What becomes of rows that the source has not. */
  enum Deletes {
    KEPT,
    /** Those that it had are deleted. */
    PROPAGATED,
    /** All are deleted. */
    FULL_REPLACE
  }

  boolean fullReplace() {
    return deletes == Deletes.FULL_REPLACE;
  }

  boolean propagates() {
    return deletes == Deletes.PROPAGATED;
  }
}
