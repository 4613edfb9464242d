package io.travaso.host;

import io.travaso.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;

/**
 * A command on a host over SSH.
 *
 * <p>The shell over there first prints a mark with its process id, then becomes the command. What
 * the login's start files print before the mark is thereby no part of the output; and the id is
 * what a kill needs: sshd does not pass signals on to commands of root (OpenSSH 9.2), and closing
 * the channel ends only a command that writes.
 */
final class SshCommand extends HostCommand {
  private static final char MARK = '\036';
  private static final String PRINT_MARK = "printf '\\036%s\\n' \"$$\"; ";
  private static final Duration START = Duration.ofSeconds(30);
  private static final int MAX_GREETING_BYTES = 1 << 20;

  private final SSHClient client;
  private final Session session;
  private final Session.Command channel;
  private final OutputStream input;
  private final ErrorTail errors;
  private final long processId;

  private SshCommand(SSHClient client, String hostName, Command command, Session session)
      throws IOException, InterruptedException {
    super(hostName, command);
    this.client = client;
    this.session = session;
    this.channel = session.exec(PRINT_MARK + ShellQuoting.line(command));
    this.input = new SshInput(channel.getOutputStream());
    this.errors = new ErrorTail(channel.getErrorStream(), command.program());
    this.processId = awaitMark(hostName);
  }

  /**
   * Starts a command. Whoever is interrupted meanwhile leaves none behind: it is started in a
   * thread of its own, to its end, since only its mark tells how to end it.
   *
   * @throws SyncException of kind INTERRUPTED, after what had started was ended
   */
  static SshCommand start(SSHClient client, String hostName, Command command) throws IOException {
    CompletableFuture<SshCommand> started = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                SshCommand running = open(client, hostName, command);
                if (!started.complete(running)) {
                  running.close();
                }
              } catch (Throwable e) { // whatever it is, the one who waits must learn of it
                started.completeExceptionally(e);
              }
            },
            "start of a command on " + hostName);
    starter.setDaemon(true);
    starter.start();
    try {
      return started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      abandon(started, starter);
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED,
          "interrupted while starting a command on " + hostName,
          "",
          e);
    }
  }

  /** Waits a moment for its end, so that this process may end. */
  private static void abandon(CompletableFuture<SshCommand> started, Thread starter) {
    if (!started.cancel(false)) {
      if (!started.isCompletedExceptionally()) {
        started.join().close();
      }
      return;
    }
    try {
      starter.join(2 * GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SshCommand open(SSHClient client, String hostName, Command command)
      throws IOException, InterruptedException {
    Session session = client.startSession();
    try {
      return new SshCommand(client, hostName, command, session);
    } catch (IOException | InterruptedException | SyncException e) {
      try {
        session.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public InputStream output() {
    return channel.getInputStream();
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public String errors() {
    return errors.text();
  }

  @Override
  @Nullable Integer awaitExit(long millis)
      throws InterruptedException, TimeoutException, IOException {
    awaitClose(millis);
    if (channel.getExitStatus() == null
        && channel.getExitSignal() == null
        && !client.isConnected()) {
      throw new IOException("the connection ended");
    }
    return channel.getExitStatus();
  }

  @Override
  void awaitErrors(long millis) throws InterruptedException {
    errors.join(millis);
  }

  @Override
  public void close() {
    try {
      if (session.isOpen() && client.isConnected() && !ended()) {
        signal("TERM");
        if (!ended(GRACE)) {
          signal("KILL");
        }
      }
      session.close();
    } catch (IOException e) {
      // The connection is gone: nothing over there can be reached any more, and nothing is open.
    }
  }

  private boolean ended() {
    return channel.getExitStatus() != null || channel.getExitSignal() != null;
  }

  private boolean ended(Duration limit) throws IOException {
    try {
      awaitClose(limit.toMillis());
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** sshd makes every command the leader of a process group: the negative id means all of it. */
  private void signal(String signal) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (Session other = client.startSession();
        Session.Command kill = other.exec("kill -s " + signal + " -- -" + processId)) {
      kill.join(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitClose(long millis) throws InterruptedException, TimeoutException, IOException {
    try {
      channel.join(millis, TimeUnit.MILLISECONDS);
    } catch (ConnectionException e) {
      if (e.getCause() instanceof TimeoutException timeout) {
        throw timeout;
      }
      if (e.getCause() instanceof InterruptedException interruption) {
        throw interruption;
      }
      throw e;
    }
  }

  private long awaitMark(String hostName) throws IOException, InterruptedException {
    CompletableFuture<Long> mark = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                mark.complete(readMark(channel.getInputStream()));
              } catch (IOException e) {
                failWithErrorsRead(mark, e);
              }
            },
            "start of a command on " + hostName);
    reader.setDaemon(true);
    reader.start();
    try {
      return mark.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "the login's shell on " + hostName + " did not run a command",
          "see that the login has a POSIX shell: ssh there and type a command",
          new CommandResult(-1, "", errors()).errorLines());
    } catch (TimeoutException e) {
      throw SyncException.host(
          "the login's shell on " + hostName + " did not run a command within 30 s",
          "see what its start files wait for");
    }
  }

  /** The output has ended without a mark; why is on stderr, which may still be on its way. */
  private void failWithErrorsRead(CompletableFuture<Long> mark, IOException failure) {
    try {
      errors.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    mark.completeExceptionally(failure);
  }

  private static long readMark(InputStream in) throws IOException {
    int greeting = 0;
    for (int b = in.read(); b != MARK; b = in.read()) {
      if (b < 0 || ++greeting > MAX_GREETING_BYTES) {
        throw new IOException("no mark");
      }
    }
    StringBuilder id = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < '0' || b > '9' || id.length() > 15) {
        throw new IOException("not a process id");
      }
      id.append((char) b);
    }
    return Long.parseLong(id.toString());
  }
}
