package io.travaso.site;

import io.travaso.database.BulkLoad;
import io.travaso.database.RowSink;
import io.travaso.filter.HeldRows;
import io.travaso.merge.HoldingBack;
import io.travaso.merge.Merger;
import io.travaso.table.SyncTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a merge what a filter found. */
final class MergeHeldRows implements HeldRows {
  private final HoldingBack merge;
  private @Nullable BulkLoad load;

  MergeHeldRows(Merger merger, SyncTable table) {
    this.merge = merger.holdingBack(table);
  }

  @Override
  public RowSink beginKeys() {
    BulkLoad begun = merge.onlyInTarget();
    load = begun;
    return begun;
  }

  @Override
  public void endKeys() {
    Objects.requireNonNull(load).finish();
    load = null;
  }

  @Override
  public void finish(long rows) {
    merge.finish(rows);
  }
}
