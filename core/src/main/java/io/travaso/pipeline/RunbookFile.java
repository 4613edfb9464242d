package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Runbook;
import io.travaso.config.ServiceSettings;
import io.travaso.config.SyncConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The runbook that says how a service is upgraded. */
public final class RunbookFile {
  private RunbookFile() {}

  /** Those of an environment's services that have one, by service. */
  static Map<String, String> all(SyncConfig config, Environment environment) {
    Map<String, String> runbooks = new TreeMap<>();
    for (ServiceSettings service : config.services().values()) {
      if (service.environment().equals(environment.name())
          && Files.exists(Runbook.fileOf(config, service.name()))) {
        runbooks.put(service.name(), read(config, service.name(), null));
      }
    }
    return runbooks;
  }

  /**
   * Its YAML.
   *
   * @param given the file to take; null for {@code runbooks/SERVICE.yaml} beside the configuration
   */
  public static String read(SyncConfig config, String service, @Nullable Path given) {
    Path file = given == null ? Runbook.fileOf(config, service) : given;
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          "There is no runbook for " + service + " that could be read: " + file,
          "Copy one of sync-config/runbooks of the project there, or name one with --runbook.",
          e);
    }
  }
}
