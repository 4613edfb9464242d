package io.travaso.pipeline;

import io.travaso.config.OnConflict;
import io.travaso.merge.Decision;
import io.travaso.site.ConflictRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes about what both sides changed. What it does not say, the configuration says.
 *
 * @param onConflict for all tables; null where nothing was said
 * @param byTable for single tables, by the names that were written
 * @param newestBy the column that says when a row was changed; null where none was named
 * @param wholeRows whether rows are taken as a whole, and never merged column by column
 * @param propagateDeletes whether rows that are gone in the source are deleted in the target
 * @param decisions how single conflicts are settled
 */
public record MergeOptions(
    @Nullable OnConflict onConflict,
    Map<String, OnConflict> byTable,
    @Nullable String newestBy,
    boolean wholeRows,
    boolean propagateDeletes,
    List<Decision> decisions) {

  /** Nothing was said. */
  public static final MergeOptions NONE =
      new MergeOptions(null, Map.of(), null, false, false, List.of());

  public MergeOptions {
    byTable = Map.copyOf(byTable);
    decisions = List.copyOf(decisions);
  }

  /** What was said of conflicts. */
  ConflictRules.Asked asked() {
    return new ConflictRules.Asked(onConflict, byTable, newestBy);
  }
}
