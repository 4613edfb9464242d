package io.travaso.cli.output;

import io.travaso.SyncException;
import java.util.List;

/**
 * A command that did not succeed, as it is told.
 *
 * @param what what was being done, on what, and why it failed
 * @param hint what to do next; may be empty
 * @param details the rows, tables or problems concerned
 * @param isInLog whether the log file has them all
 */
public record Failure(
    ExitCode exitCode, String what, String hint, List<String> details, boolean isInLog) {

  public Failure {
    details = List.copyOf(details);
  }

  public Failure(ExitCode exitCode, String what, String hint, List<String> details) {
    this(exitCode, what, hint, details, false);
  }

  /** The same, when the log file has it. */
  public Failure inLog() {
    return new Failure(exitCode, what, hint, details, true);
  }

  public static Failure of(SyncException e) {
    return new Failure(ExitCode.of(e.kind()), e.what(), e.hint(), e.details());
  }
}
