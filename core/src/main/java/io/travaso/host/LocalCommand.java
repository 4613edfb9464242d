package io.travaso.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of this machine. */
final class LocalCommand extends HostCommand {
  private final Process process;
  private final ErrorTail errors;
  private InputStream output;
  private OutputStream input;

  LocalCommand(String hostName, Command command, Process process) {
    super(hostName, command);
    this.process = process;
    this.errors = new ErrorTail(process.getErrorStream(), command.program());
    this.output = process.getInputStream();
    this.input = process.getOutputStream();
  }

  /** The same, for somebody who reads and writes himself: his being interrupted ends it. */
  LocalCommand watched() {
    InterruptWatch watch = InterruptWatch.start(process, this::kill);
    output = watch.output(output);
    input = watch.input(input);
    return this;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public String errors() {
    return errors.text();
  }

  /**
   * Java reports a process killed by signal N as status 128 + N (ProcessImpl of JDK 17), which is
   * also how shells report a killed child: both are a kill to us.
   */
  @Override
  @Nullable Integer awaitExit(long millis) throws InterruptedException, TimeoutException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new TimeoutException();
    }
    int status = process.exitValue();
    return status > 128 && status < 128 + 32 ? null : status;
  }

  @Override
  void awaitErrors(long millis) throws InterruptedException {
    errors.join(millis);
  }

  @Override
  public void close() {
    kill();
    closeStreams();
  }

  private void kill() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroy);
    if (!endWithinGrace(family)) {
      Stream.concat(family.stream(), family().stream()).forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> family() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  private static boolean endWithinGrace(List<ProcessHandle> family) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (ProcessHandle member : family) {
        member.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void closeStreams() {
    close(process.getOutputStream());
    close(process.getInputStream());
  }

  private static void close(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // The process is gone, and with it whoever would have read what was still buffered.
    }
  }
}
