package io.travaso.cli;

import io.travaso.SyncException;
import io.travaso.cli.command.Command;
import io.travaso.cli.command.Launch;
import io.travaso.cli.command.Session;
import io.travaso.cli.output.Broadcast;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Failure;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Printer;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.RunLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One command from its begin to its one end: done, failed, a bug, or Ctrl-C, whichever is first.
 */
final class Execution {
  /**
   * Ctrl-C reaches the programs that were started here as well. Their failure may be noticed before
   * the interruption is, which comes at most this much later.
   */
  private static final Duration SIGNAL_DELAY = Duration.ofMillis(200);

  private final Launch launch;
  private final Printer printer;
  private final Messages messages;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile @Nullable Session session;
  private volatile @Nullable Command command;

  Execution(Launch launch, Printer printer, Messages messages) {
    this.launch = launch;
    this.printer = printer;
    this.messages = messages;
  }

  ExitCode run(Command command, String name, List<String> args) {
    try (Session opened = new Session(launch, name, args, printer, messages)) {
      this.command = command;
      session = opened;
      return run(command, opened);
    } finally {
      left.countDown();
    }
  }

  private ExitCode run(Command command, Session running) {
    try {
      Result result = command.run(running);
      return end(
          () -> {
            running.log().ifPresent(log -> log.write("ended: exit code " + number(result)));
            printer.result(result);
            return result.exitCode();
          });
    } catch (SyncException e) {
      awaitSignal();
      return end(() -> fail(Failure.of(e), running));
    } catch (OutOfMemoryError e) {
      return end(() -> fail(outOfMemory(), running));
    } catch (RuntimeException | Error e) {
      awaitSignal();
      return end(() -> fail(Bug.failure(e, running, printer), running));
    }
  }

  private static int number(Result result) {
    return result.exitCode().number();
  }

  /** Ends the command in this way, unless it has ended already. */
  private ExitCode end(Supplier<ExitCode> how) {
    return ended.compareAndSet(false, true) ? how.get() : ExitCode.INTERRUPTED;
  }

  private ExitCode fail(Failure failure, Session running) {
    running.log().ifPresent(log -> log.failed(failure));
    boolean inLog = running.log().map(RunLog::isWritten).orElse(false);
    printer.failed(inLog ? failure.inLog() : failure);
    return failure.exitCode();
  }

  private static Failure outOfMemory() {
    return new Failure(
        ExitCode.FAILED,
        "Java ran out of memory",
        "Give it more: TRAVASO_JAVA_OPTS=-Xmx512m",
        List.of());
  }

  private void awaitSignal() {
    if (launch.console().terminal().in()) {
      await(interrupted, SIGNAL_DELAY);
    }
  }

  private static void await(CountDownLatch latch, Duration most) {
    try {
      if (latch.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the command as interrupted, and waits for a moment until its thread has cleaned up. */
  void interrupt(Thread worker) {
    Session running = session;
    Command at = command;
    if (running == null || at == null || !ended.compareAndSet(false, true)) {
      return;
    }
    Broadcast broadcast = running.broadcast();
    Failure failure =
        Interruption.failure(
            broadcast.stop(),
            broadcast.target(),
            launch.program(),
            at.afterInterruption(launch.program()));
    fail(failure, running);
    interrupted.countDown();
    worker.interrupt();
    if (!running.isAsking()) {
      await(left, at.grace());
    }
  }
}
