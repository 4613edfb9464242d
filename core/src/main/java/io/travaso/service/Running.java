package io.travaso.service;

import io.travaso.SyncException;
import io.travaso.config.ServiceSettings.ServiceCommand;
import io.travaso.container.ComposeProject;
import io.travaso.container.Container;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command of the configuration that is run in a container. */
final class Running {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHOWN_ERRORS = 10;

  private final ComposeProject project;
  private final ServiceCommand command;

  Running(ComposeProject project, ServiceCommand command) {
    this.project = project;
    this.command = command;
  }

  /** Runs it; a status other than zero is a {@code FAILED} error. */
  void run() {
    Container container = ready();
    Command exec = container.exec(command.user(), null, command.argv()).within(LIMIT);
    CommandResult result = container.run(exec);
    if (!result.succeeded()) {
      List<String> said = result.errorLines().isEmpty() ? lines(result) : result.errorLines();
      throw new SyncException(
          SyncException.Kind.FAILED,
          "%s in %s ended with status %d"
              .formatted(told(command), command.service(), result.exitStatus()),
          "",
          said.subList(Math.max(0, said.size() - SHOWN_ERRORS), said.size()));
    }
  }

  private static List<String> lines(CommandResult result) {
    return result.output().lines().filter(line -> !line.isBlank()).toList();
  }

  /** A container that was just started may not be ready for commands: its health tells. */
  private Container ready() {
    Container container = project.container(command.service()).requireRunning();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (container.health().filter("starting"::equals).isPresent() && System.nanoTime() < end) {
      pause();
      container = container.refreshed().requireRunning();
    }
    return container;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted while a container was starting", "", e);
    }
  }

  /** As a shell would take it. */
  static String told(ServiceCommand command) {
    return command.argv().stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_@%+=:,./-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
