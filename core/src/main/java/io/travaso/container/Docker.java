package io.travaso.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.Host;
import java.util.ArrayList;
import java.util.List;

/** The docker program of a host. */
final class Docker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Host host;

  Docker(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  /** A command of docker. */
  static Command command(String... arguments) {
    return Command.of("docker").and(arguments);
  }

  static Command command(List<String> arguments) {
    return command(arguments.toArray(String[]::new));
  }

  /** Runs a command to its end, whatever that is; throws where no engine answers. */
  CommandResult run(Command command) {
    CommandResult result = host.run(command);
    if (!result.succeeded()) {
      DockerErrors.engine(host.name(), result)
          .ifPresent(
              e -> {
                throw e;
              });
    }
    return result;
  }

  /**
   * Runs a command that has to succeed.
   *
   * @param what what was being done: {@code pause the container app_db_1}
   */
  CommandResult succeed(String what, Command command) {
    CommandResult result = host.run(command);
    if (!result.succeeded()) {
      throw DockerErrors.of(what, host.name(), result);
    }
    return result;
  }

  /** What docker knows of things that are there; the status tells where one of them is not. */
  List<JsonNode> inspect(String type, List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<String> arguments = new ArrayList<>(List.of("inspect", "--type", type, "--"));
    arguments.addAll(names);
    CommandResult result = run(command(arguments));
    try {
      List<JsonNode> found = new ArrayList<>();
      JSON.readTree(result.output().isBlank() ? "[]" : result.output()).forEach(found::add);
      return found;
    } catch (JsonProcessingException e) {
      // Without Jackson's text: it quotes what it read, and that holds variables of containers.
      throw SyncException.host(
          "docker inspect on " + host.name() + " did not answer in JSON", "see docker version");
    }
  }
}
