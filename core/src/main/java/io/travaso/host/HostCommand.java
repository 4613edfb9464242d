package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.SyncException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What waiting for a command's end means on every host; the hosts add how to await and to kill. */
abstract class HostCommand implements RunningCommand {
  /** How long a command has to end after a polite signal. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private final String hostName;
  private final Command command;
  private final long deadlineNanos;

  HostCommand(String hostName, Command command) {
    this.hostName = hostName;
    this.command = command;
    Duration timeout = command.timeout();
    this.deadlineNanos =
        System.nanoTime() + (timeout == null ? Long.MAX_VALUE / 2 : timeout.toNanos());
  }

  /**
   * The exit status.
   *
   * @return null when a signal ended it, or when nothing is known about its end
   * @throws IOException when the connection to the host was lost
   */
  abstract @Nullable Integer awaitExit(long millis)
      throws InterruptedException, TimeoutException, IOException;

  /** Waits for the end of standard error, which a grandchild may hold open a little longer. */
  abstract void awaitErrors(long millis) throws InterruptedException;

  @Override
  public final CommandResult waitFor() {
    return finish(false);
  }

  /** Closes the command's input, takes all of its output and waits for its end. */
  final CommandResult collect() {
    try {
      input().close();
    } catch (IOException e) {
      // It ended before it read anything; its exit status tells the rest.
      return finish(true);
    }
    return finish(true);
  }

  private CommandResult finish(boolean keep) {
    Output output = new Output(output(), keep, hostName);
    try {
      output.thread.join(millisLeft());
      if (output.thread.isAlive()) {
        throw new TimeoutException();
      }
      output.check(command);
      Integer status = awaitExit(millisLeft());
      awaitErrors(GRACE.toMillis());
      if (status == null) {
        throw failure("was killed by a signal on", "");
      }
      return new CommandResult(status, output.text(), errors());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED,
          "interrupted while " + command.program() + " ran on " + hostName,
          "",
          e);
    } catch (TimeoutException e) {
      close();
      throw failure(
          "was killed since it took longer than " + command.timeout() + " on",
          "see what keeps it busy there, then run the command again");
    } catch (IOException e) {
      close();
      throw new SyncException(
          SyncException.Kind.HOST,
          "lost the connection while " + command.program() + " ran on " + hostName + why(e),
          "the command may still be running there",
          e);
    }
  }

  private SyncException failure(String what, String hint) {
    return new SyncException(
        SyncException.Kind.HOST,
        command.program() + " " + what + " " + hostName,
        hint,
        new CommandResult(-1, "", errors()).errorLines());
  }

  /** At least 1, since 0 would mean for ever. */
  private long millisLeft() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }

  private static String why(IOException e) {
    return e.getMessage() == null ? "" : ": " + e.getMessage();
  }

  /** Reads standard output to its end, since a command blocks on output nobody takes. */
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile @Nullable IOException broken;
    private volatile boolean tooMuch;

    Output(InputStream in, boolean keep, String hostName) {
      thread = new Thread(() -> read(in, keep), "stdout of " + hostName);
      thread.setDaemon(true);
      thread.start();
    }

    private void read(InputStream in, boolean keep) {
      byte[] buffer = new byte[1 << 16];
      try {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (keep && bytes.size() + n > CommandResult.MAX_OUTPUT_BYTES) {
            tooMuch = true;
            return;
          }
          if (keep) {
            bytes.write(buffer, 0, n);
          }
        }
      } catch (IOException e) {
        broken = e;
      }
    }

    void check(Command command) throws IOException {
      IOException e = broken;
      if (e != null) {
        throw e;
      }
      if (tooMuch) {
        throw SyncException.host(
            command.program()
                + " wrote more than "
                + CommandResult.MAX_OUTPUT_BYTES
                + " bytes where a short answer was expected",
            "");
      }
    }

    String text() {
      return bytes.toString(UTF_8);
    }
  }
}
