package io.travaso.host;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A command that was started. Its standard error is drained all the while, so that it never blocks
 * on it; its standard output is the caller's to read.
 */
public interface RunningCommand extends AutoCloseable {

  InputStream output();

  /** Its standard input; closing it tells the command that no more comes. */
  OutputStream input();

  /** The end of what it wrote to standard error so far. */
  String errors();

  /**
   * Waits for its end, discarding output nobody has read.
   *
   * @throws io.travaso.SyncException when a signal killed it, the connection to its host was lost,
   *     or it ran out of the command's time; it has been killed then, where it could be reached
   */
  CommandResult waitFor();

  /** Kills the command and its children if they still run: first politely, then not. */
  @Override
  void close();
}
