package io.travaso.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a column's values on their way; a column without rule goes as it is. */
public sealed interface ColumnRule {

  /**
   * A text that begins with another environment's prefix begins with the target's own there.
   *
   * @param prefixes by environment, at least two
   */
  record Rewrite(Map<String, String> prefixes) implements ColumnRule {
    public Rewrite {
      prefixes = Collections.unmodifiableMap(new LinkedHashMap<>(prefixes));
    }
  }

  /**
   * A row that the target has keeps its value.
   *
   * @param otherwise the value of a new row; null for the source's
   */
  record KeepTarget(@Nullable String otherwise) implements ColumnRule {}

  /** The column stays out: a new row has the column's default. */
  record Ignore() implements ColumnRule {}
}
