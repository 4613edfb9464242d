package io.travaso.host;

import io.travaso.SyncException;
import java.util.List;

/**
 * How a command ended.
 *
 * @param exitStatus 0 to 255; 127 when the program does not exist
 * @param output all it wrote to standard output, as UTF-8; empty where the caller read it itself
 * @param errors the end of what it wrote to standard error
 */
public record CommandResult(int exitStatus, String output, String errors) {

  /** More output than this makes {@link Host#run} fail: whoever expects more reads a stream. */
  public static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

  public boolean succeeded() {
    return exitStatus == 0;
  }

  /**
   * This result, if the command succeeded.
   *
   * @param what what was being done, for the message: "read the version of pg_dump"
   * @throws SyncException of kind HOST with the end of its errors as details
   */
  public CommandResult orThrow(String what) {
    if (succeeded()) {
      return this;
    }
    throw new SyncException(
        SyncException.Kind.HOST,
        "could not " + what + ": exit status " + exitStatus,
        "",
        errorLines());
  }

  /** The end of its errors, one line an element, blank lines left out. */
  public List<String> errorLines() {
    return errors.lines().filter(line -> !line.isBlank()).toList();
  }
}
