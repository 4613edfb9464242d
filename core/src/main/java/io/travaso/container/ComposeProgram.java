package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compose program of a host: docker's plugin, or docker-compose. Only what both know is asked
 * of them: {@code config -q}, {@code config --services}, {@code ps -a -q}, {@code stop}, {@code
 * pull}, {@code up -d --no-deps --no-build} and {@code run --rm --no-deps -T}.
 */
record ComposeProgram(List<String> argv) {
  ComposeProgram {
    argv = List.copyOf(argv);
  }

  static ComposeProgram find(Docker docker) {
    if (docker.run(Docker.command("compose", "version")).succeeded()) {
      return new ComposeProgram(List.of("docker", "compose"));
    }
    // Asked for its version, it takes two seconds to start.
    CommandResult older = docker.host().run(Command.of("sh", "-c", "command -v docker-compose"));
    if (older.succeeded()) {
      return new ComposeProgram(List.of("docker-compose"));
    }
    throw SyncException.host(
        "there is neither docker compose nor docker-compose on " + docker.host().name(),
        "install the plugin (docker-compose-plugin), or docker-compose");
  }

  /** A command about a project. */
  Command command(List<String> files, @Nullable String profile, List<String> arguments) {
    List<String> all = new ArrayList<>(argv);
    files.forEach(file -> all.addAll(List.of("-f", file)));
    if (profile != null) {
      all.addAll(List.of("--profile", profile));
    }
    all.addAll(arguments);
    return Command.of(all);
  }
}
