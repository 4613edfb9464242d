package io.travaso.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * What undoing a run should leave.
 *
 * @param changedAgain whether rows that it wrote changed again since, which stay
 */
record Undone(Rows now, Rows after, boolean changedAgain) {

  /**
   * Works it out.
   *
   * @param before the rows before the run
   * @param written the rows after it
   */
  static Undone of(Rows before, Rows written, Rows now) {
    Rows after = Rows.none();
    boolean changedAgain = false;
    for (Entity entity : Entity.values()) {
      Set<String> keys = new TreeSet<>(before.get(entity).keySet());
      keys.addAll(written.get(entity).keySet());
      keys.addAll(now.get(entity).keySet());
      for (String key : keys) {
        boolean wrote = !Rows.same(before, written, entity, key);
        boolean asWritten = Rows.same(written, now, entity, key);
        changedAgain |= wrote && !asWritten && !Rows.same(before, now, entity, key);
        var row = (wrote && asWritten ? before : now).get(entity).get(key);
        if (row != null) {
          after.get(entity).put(key, row);
        }
      }
    }
    return new Undone(now, after, changedAgain);
  }

  /** Whether there is anything to undo. */
  boolean changes() {
    return !after.equals(now);
  }
}
