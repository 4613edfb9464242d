package io.travaso.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a column's values on their way from one environment to another. */
public sealed interface ColumnRule {

  /** They go as they are. */
  record Carry() implements ColumnRule {}

  /**
   * Where a text begins with the source's prefix, it begins with the target's in the target.
   *
   * @param prefixes by environment
   */
  record Rewrite(Map<String, String> prefixes) implements ColumnRule {
    public Rewrite {
      prefixes = Map.copyOf(prefixes);
    }
  }

  /**
   * A row that the target has keeps its value.
   *
   * @param otherwise the value of a new row, as text; null for the source's
   */
  record KeepTarget(@Nullable String otherwise) implements ColumnRule {}

  /** They stay where they are: a new row has the column's default. */
  record Ignore() implements ColumnRule {}
}
