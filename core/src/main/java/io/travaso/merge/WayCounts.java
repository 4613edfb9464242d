package io.travaso.merge;

import java.util.List;

/**
 * How many rows of a table became what, where it is known what changed since both sides agreed.
 *
 * @param kept rows that only the target changed, and that stay as they are
 * @param staysDeleted rows that the target deleted, and that are not created again
 * @param merged rows that are written, and keep some of the target's changes
 * @param conflicts rows that no rule decides about
 * @param conflictsStaged those among them that both sides have
 * @param recreated those among them that the target has not
 * @param collisions rows that both sides made under one key
 * @param gone rows that the source deleted and the target keeps
 * @param toDelete rows that the source deleted and that are deleted
 * @param overwritten rows that are written over though the target may have changed them
 * @param isNothing whether the staged rows are already what is to be written
 */
record WayCounts(
    long kept,
    long staysDeleted,
    long merged,
    long conflicts,
    long conflictsStaged,
    long recreated,
    long collisions,
    long gone,
    long toDelete,
    long overwritten,
    boolean isNothing) {

  static final WayCounts NONE = new WayCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true);

  /**
   * Rows of one kind.
   *
   * @param letters the letters that stand among their ways
   */
  record OfKind(String kind, String letters, long rows) {

    boolean has(String any) {
      return any.chars().anyMatch(c -> letters.indexOf(c) >= 0);
    }
  }

  WayCounts overwriting(long rows) {
    return new WayCounts(
        kept,
        staysDeleted,
        merged,
        conflicts,
        conflictsStaged,
        recreated,
        collisions,
        gone,
        toDelete,
        rows,
        isNothing);
  }

  /** Where the target becomes an exact copy: what of it is lost. */
  static WayCounts ofReplaced(List<OfKind> kinds) {
    return NONE.overwriting(
        kinds.stream().filter(k -> k.kind().equals("u")).mapToLong(OfKind::rows).sum());
  }

  static WayCounts of(List<OfKind> kinds) {
    long kept = 0;
    long staysDeleted = 0;
    long merged = 0;
    long conflictsStaged = 0;
    long recreated = 0;
    long others = 0;
    long collisions = 0;
    long gone = 0;
    long toDelete = 0;
    for (OfKind kind : kinds) {
      long rows = kind.rows();
      switch (kind.kind()) {
        case "u" -> {
          if (kind.has("x")) {
            conflictsStaged += rows;
          } else if (kind.has("+")) {
            collisions += rows;
          } else if (kind.has("tb")) {
            kept += kind.has("sa") ? 0 : rows;
            merged += kind.has("sa") ? rows : 0;
          }
        }
        case "k" -> staysDeleted += rows;
        case "x" -> recreated += rows;
        case "y" -> others += rows;
        case "g" -> gone += rows;
        case "d" -> toDelete += rows;
        // Created again, or the target's alone: as if nothing had been known of it.
        default -> {}
      }
    }
    return new WayCounts(
        kept,
        staysDeleted,
        merged,
        conflictsStaged + recreated + others,
        conflictsStaged,
        recreated,
        collisions,
        gone,
        toDelete,
        0,
        kinds.isEmpty());
  }

  /** A table's plan in these terms. */
  TablePlan of(TablePlan raw) {
    return new TablePlan(
        raw.table(),
        raw.label(),
        raw.model(),
        raw.created() - recreated,
        raw.updated() - conflictsStaged - collisions,
        raw.deleted(),
        raw.unchanged() - kept,
        raw.onlyInTarget(),
        conflicts,
        kept + staysDeleted,
        merged,
        collisions,
        gone,
        staysDeleted,
        overwritten,
        raw.digest());
  }
}
