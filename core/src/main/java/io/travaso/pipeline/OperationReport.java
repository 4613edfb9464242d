package io.travaso.pipeline;

import java.util.List;

/**
 * What came of something that was done with services or whole databases.
 *
 * @param command as it was called
 * @param status {@code applied}, {@code planned}, {@code unchanged} or {@code failed}
 * @param environment whose host it was done on
 * @param result for scripts: records, lists, texts and numbers
 * @param lines for people
 */
public record OperationReport(
    String command, String status, String environment, Object result, List<String> lines) {
  /** Something was done. */
  public static final String APPLIED = "applied";

  /** It was only looked at. */
  public static final String PLANNED = "planned";

  /** There was nothing to do. */
  public static final String UNCHANGED = "unchanged";

  /** It ended otherwise than was asked, in a safe state. */
  public static final String FAILED = "failed";

  public OperationReport {
    lines = List.copyOf(lines);
  }
}
