package io.travaso.model;

import io.travaso.pipeline.SyncReport.TableCounts;

/** A table's rows by what becomes of them. */
final class Tally {
  long created;
  long updated;
  long deleted;
  long unchanged;
  long onlyInTarget;
  long conflicts;
  long keptTarget;
  long merged;
  long collisions;
  long goneInSource;

  static Tally of(TableCounts counts) {
    Tally tally = new Tally();
    tally.created = counts.created();
    tally.updated = counts.updated();
    tally.deleted = counts.deleted();
    tally.unchanged = counts.unchanged();
    tally.onlyInTarget = counts.onlyInTarget();
    tally.conflicts = counts.conflicts();
    tally.keptTarget = counts.keptTarget();
    tally.merged = counts.merged();
    tally.collisions = counts.collisions();
    tally.goneInSource = counts.goneInSource();
    return tally;
  }

  @Override
  public String toString() {
    return "+%d ~%d -%d =%d *%d !%d kept %d merged %d collisions %d gone %d"
        .formatted(
            created,
            updated,
            deleted,
            unchanged,
            onlyInTarget,
            conflicts,
            keptTarget,
            merged,
            collisions,
            goneInSource);
  }
}
