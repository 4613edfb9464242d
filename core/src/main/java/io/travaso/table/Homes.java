package io.travaso.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a fixture have their homes in the tables of another engine. Within one engine
 * each has its own column's.
 *
 * @param holds what the source's columns hold, by the table's full name and their own; null within
 *     one engine
 */
public record Homes(@Nullable Map<String, Map<String, String>> holds) {

  /** Those within one engine. */
  public static Homes none() {
    return new Homes(null);
  }

  /**
   * The home of a column's values.
   *
   * @param way how they get there
   * @param source what the source's column holds; empty where nobody said
   * @param column the target's
   */
  public record Home(Way way, String source, Column column) {}

  /** That of a column of the target's; null within one engine. */
  public @Nullable Home of(TableId table, Column column) {
    if (holds == null) {
      return null;
    }
    String source = source(table, column);
    Way way = Way.between(source, column.content().holds()).orElse(Way.AS_IS);
    return new Home(way, source, column);
  }

  /** What the source's column holds; empty where nobody said. */
  public String source(TableId table, Column column) {
    return holds == null
        ? ""
        : holds.getOrDefault(table.toString(), Map.of()).getOrDefault(column.name(), "");
  }
}
