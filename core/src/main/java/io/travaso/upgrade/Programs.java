package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Runbook;
import io.travaso.config.RunbookAction;
import io.travaso.container.Container;
import io.travaso.file.PartFile;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does what a runbook has done: programs in containers, compose services up and down. */
final class Programs {
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final int SHOWN_LINES = 40;

  private final Workplace workplace;
  private final Checks checks;

  Programs(Workplace workplace) {
    this.workplace = workplace;
    this.checks = new Checks(workplace, this);
  }

  Checks checks() {
    return checks;
  }

  /** Does them in their order; the first that fails ends it. */
  void run(List<RunbookAction> actions, Progress progress) {
    for (RunbookAction action : actions) {
      progress.at(Told.of(action, workplace.service().compose()), 0, 0);
      run(action);
    }
  }

  private void run(RunbookAction action) {
    if (action instanceof RunbookAction.Up up) {
      workplace.project().up(up.services());
    } else if (action instanceof RunbookAction.Stop stop) {
      workplace.project().stop(stop.services());
    } else if (action instanceof RunbookAction.WaitFor wait) {
      checks.require(List.of(wait.check()));
    } else if (action instanceof RunbookAction.Run run) {
      succeed(run.program());
    }
  }

  private void succeed(Runbook.Program program) {
    CommandResult result = run(program);
    if (!result.succeeded()) {
      throw failed(program, result);
    }
  }

  /** What a program that failed wrote last; its errors come after its output. */
  static SyncException failed(Runbook.Program program, CommandResult result) {
    List<String> lines = new ArrayList<>(result.output().lines().toList());
    lines.addAll(result.errorLines());
    lines.removeIf(String::isBlank);
    return new SyncException(
        SyncException.Kind.FAILED,
        "%s ended with status %d".formatted(Told.of(program), result.exitStatus()),
        "",
        lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /** Runs a program to its end, whatever its status. */
  CommandResult run(Runbook.Program program) {
    Path variables = variables(program);
    try {
      return program.oneOff() ? inNew(program, variables) : inRunning(program, variables);
    } finally {
      delete(variables);
    }
  }

  private CommandResult inRunning(Runbook.Program program, @Nullable Path variables) {
    Container container = ready(program.service());
    Command exec = container.exec(program.user(), variables, program.argv());
    Duration within = program.within();
    return container.run(within == null ? exec : exec.within(within));
  }

  /** A container that was just started may not be ready: its health tells. */
  private Container ready(String service) {
    Container container = workplace.project().container(service).requireRunning();
    long end = System.nanoTime() + STARTING.toNanos();
    while (container.health().filter("starting"::equals).isPresent() && System.nanoTime() < end) {
      Checks.pause(Duration.ofMillis(300));
      container = container.refreshed().requireRunning();
    }
    return container;
  }

  /** An interrupt ends the program with its container. */
  private CommandResult inNew(Runbook.Program program, @Nullable Path variables) {
    FutureTask<CommandResult> task =
        new FutureTask<>(
            () ->
                workplace
                    .project()
                    .run(
                        program.service(),
                        program.user(),
                        variables,
                        program.argv(),
                        program.skipEntrypoint()));
    Duration within = program.within();
    if (within == null) {
      task.run();
    } else {
      Thread thread = new Thread(task, "one-off container of " + program.service());
      thread.start();
    }
    try {
      return within == null ? task.get() : task.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SyncException known
          ? known
          : new IllegalStateException("running " + Told.of(program), e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
      throw SyncException.failed(
          Told.of(program) + " took longer than the runbook lets it (within)", "");
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted during " + Told.of(program), "", e);
    }
  }

  /** Variables and the lines of the file of variables in one private file; null for none. */
  private static @Nullable Path variables(Runbook.Program program) {
    String file = program.envFile();
    if (file == null && program.environment().isEmpty()) {
      return null;
    }
    try {
      StringBuilder lines = new StringBuilder();
      program.environment().forEach((name, value) -> lines.append(name + "=" + value + "\n"));
      if (file != null) {
        lines.append(Files.readString(Path.of(file)));
      }
      Path written =
          Files.createTempFile(
              "travaso-env-",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(written, lines, StandardCharsets.UTF_8);
      return written;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "could not hand the variables of " + file + " over: " + PartFile.reason(e),
          "see env-file in the runbook",
          e);
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "could not delete " + file, "delete it: it may hold secrets", e);
    }
  }
}
