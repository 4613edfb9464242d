package io.travaso.model;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sync is asked for.
 *
 * @param only the one table it is about; null for all
 */
record Order(
    boolean toProd,
    Policy policy,
    boolean wholeRows,
    Deletes deletes,
    boolean backup,
    @Nullable Entity only) {
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

  /** The tables it is about. */
  Set<Entity> entities() {
    return only == null ? EnumSet.allOf(Entity.class) : EnumSet.of(only);
  }

  boolean fullReplace() {
    return deletes == Deletes.FULL_REPLACE;
  }

  boolean propagates() {
    return deletes == Deletes.PROPAGATED;
  }
}
