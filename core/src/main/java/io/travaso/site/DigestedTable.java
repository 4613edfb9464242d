package io.travaso.site;

import io.travaso.filter.Codes;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows were digested.
 *
 * @param table its id
 * @param rows how many it has
 * @param since what became of it since the last agreement; null where that was not asked, or is too
 *     much to be named
 */
public record DigestedTable(String table, long rows, @Nullable Since since) {

  /**
   * What is not as it was agreed on.
   *
   * @param agreed the sum of what was agreed on: sides that have the same agreed on the same rows
   * @param here the rows that changed or are new
   * @param gone the rows that are there no more
   */
  public record Since(long agreed, Codes here, Codes gone) {}
}
