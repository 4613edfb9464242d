package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which environment a command is about. */
final class EnvironmentOption {
  @Option(names = "--env", paramLabel = "NAME", descriptionKey = "option.env")
  @Nullable String name;

  /** The one that was named, otherwise the one that lives on this machine. */
  Environment choose(SyncConfig config) {
    if (name != null) {
      return config.environment(name);
    }
    return config
        .localEnvironment()
        .orElseThrow(
            () ->
                SyncException.configuration(
                    "Which environment is meant? None, or more than one, is on this machine",
                    "Name it with --env: " + String.join(", ", config.environments().keySet())));
  }
}
