package io.travaso.filter;

import io.travaso.database.BulkLoad;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.filter.Choice.Circumstances;
import io.travaso.fixture.RecordSink;
import io.travaso.merge.HoldingBack;
import io.travaso.merge.Merger;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter before a merge's staging, as a site puts it there, but for tables of any size. */
public final class Filtering {
  private Filtering() {}

  public static Filter before(Merger merger, Database target) {
    return before(merger, target, null);
  }

  /** The same, of the records of a fixture. */
  public static Filter before(Merger merger, Database target, @Nullable Path fixture) {
    return new Filter(
        fixture,
        new Stage(merger),
        target,
        target::session,
        choices(merger.set()),
        table -> new Held(merger.holdingBack(table)));
  }

  static Map<TableId, Choice> choices(TableSet set) {
    Map<TableId, Choice> choices = new HashMap<>();
    set.tables().forEach(t -> choices.put(t.id(), Choice.of(t, exported())));
    return choices;
  }

  /** An export of the same engine. */
  static Circumstances exported() {
    return new Circumstances(true, true, false, Set.of(), false, Map.of(), /* worthwhile= */ 0);
  }

  private static final class Stage implements RecordSink {
    private final Merger merger;
    private @Nullable BulkLoad load;

    Stage(Merger merger) {
      this.merger = merger;
    }

    @Override
    public RowSink begin(SyncTable table) {
      BulkLoad begun = merger.staging().load(table);
      load = begun;
      return begun;
    }

    @Override
    public void end() {
      Objects.requireNonNull(load).finish();
      load = null;
    }
  }

  private static final class Held implements HeldRows {
    private final HoldingBack merge;
    private @Nullable BulkLoad load;

    Held(HoldingBack merge) {
      this.merge = merge;
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
}
