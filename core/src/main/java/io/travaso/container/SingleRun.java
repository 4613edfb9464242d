package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A program in a container of its own, which compose makes for it and removes. */
final class SingleRun {
  private static final Duration CLEANUP = Duration.ofSeconds(30);

  /** What the names of all such containers begin with. */
  static final String PREFIX = "travaso-run-";

  private final Docker docker;
  private final Function<List<String>, Command> compose;

  SingleRun(Docker docker, Function<List<String>, Command> compose) {
    this.docker = docker;
    this.compose = compose;
  }

  CommandResult run(
      String service,
      @Nullable String user,
      @Nullable Path envFile,
      List<String> argv,
      boolean skipEntrypoint) {
    String container = PREFIX + Marker.random();
    Map<String, String> variables = envFile == null ? Map.of() : variables(envFile);
    List<String> arguments =
        new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T", "--name", container));
    if (user != null) {
      arguments.addAll(List.of("--user", user));
    }
    // A name alone: compose takes the value from its own environment, which others can't see.
    variables.keySet().forEach(it -> arguments.addAll(List.of("-e", it)));
    if (skipEntrypoint) {
      arguments.addAll(List.of("--entrypoint", argv.get(0)));
    }
    arguments.add(service);
    arguments.addAll(skipEntrypoint ? argv.subList(1, argv.size()) : argv);
    Command command = compose.apply(arguments);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      return docker.run(command);
    } catch (SyncException e) {
      Marker.undisturbed(() -> docker.run(Docker.command("rm", "-f", container).within(CLEANUP)));
      throw e;
    }
  }

  /** The lines of an environment file as docker reads them. */
  private static Map<String, String> variables(Path envFile) {
    try {
      Map<String, String> variables = new LinkedHashMap<>();
      for (String line : Files.readAllLines(envFile)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return variables;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "could not read the environment file " + envFile, "", e);
    }
  }
}
