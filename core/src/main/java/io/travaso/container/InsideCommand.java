package io.travaso.container;

import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that was started inside a container. When the docker program that started it is killed,
 * Docker lets it go on, unless it reads its input (seen with 20.10): so it carries a variable to
 * know it by, and is ended inside. A kill of this whole process leaves it: it runs to its end then,
 * with its output going nowhere.
 */
final class InsideCommand implements RunningCommand {
  static final String VARIABLE = "TRAVASO_EXEC";
  private static final int FAILED = 1;
  private static final Duration CLEANUP = Duration.ofSeconds(20);

  /**
   * Only what Docker itself started, whose parent is outside and therefore 0: its children are left
   * to it. First politely.
   */
  private static final String END =
      """
      ours() {
        for p in $(grep -lF "$1" /proc/[0-9]*/environ 2>/dev/null); do
          p=${p%/environ}; grep -q '^PPid:[[:space:]]*0$' $p/status && echo ${p#/proc/}
        done
      }
      p=$(ours "$1"); [ -z "$p" ] && exit 0
      kill $p
      for i in 1 2 3 4 5 6 7 8; do sleep 0.25; p=$(ours "$1"); [ -z "$p" ] && exit 0; done
      kill -9 $p
      """;

  private final Container container;
  private final Command exec;
  private final RunningCommand client;
  private boolean ended;

  InsideCommand(Container container, Command exec, RunningCommand client) {
    this.container = container;
    this.exec = exec;
    this.client = client;
  }

  @Override
  public InputStream output() {
    return client.output();
  }

  @Override
  public OutputStream input() {
    return client.input();
  }

  @Override
  public String errors() {
    return client.errors();
  }

  @Override
  public CommandResult waitFor() {
    CommandResult result = client.waitFor();
    ended = true;
    return checked(container, result);
  }

  @Override
  public void close() {
    client.close();
    if (!ended) {
      ended = true;
      Marker.undisturbed(() -> end(container, exec));
    }
  }

  /** Docker's own failures have status 1, as many a program's. */
  static CommandResult checked(Container container, CommandResult result) {
    boolean dockers =
        result.exitStatus() == FAILED
            && result.errors().lines().anyMatch(it -> it.startsWith("Error response from daemon:"));
    if (dockers) {
      container.refreshed().requireRunning();
      throw DockerErrors.of(
          "run a program in the container " + container.name(),
          container.docker().host().name(),
          result);
    }
    return result;
  }

  /** Ends the program; an image without a shell has no other way than to wait. */
  static void end(Container container, Command exec) {
    List<String> arguments = new ArrayList<>(List.of("exec"));
    List<String> argv = exec.argv();
    int user = argv.indexOf("--user");
    int id = argv.indexOf(container.id());
    if (user > 0 && user < id) {
      // Another user may not see its variables.
      arguments.addAll(argv.subList(user, user + 2));
    }
    arguments.addAll(List.of(container.id(), "sh", "-c", END, "sh", argv.get(id - 1)));
    container.docker().run(Docker.command(arguments).within(CLEANUP));
  }
}
