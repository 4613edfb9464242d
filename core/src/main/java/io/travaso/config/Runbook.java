package io.travaso.config;

import java.nio.file.Path;

/** How a service is upgraded, {@code sync-config/runbooks/SERVICE.yaml}. */
public record Runbook(String service) {

  /** Where the runbook of a service is: beside the configuration, in {@code runbooks}. */
  public static Path fileOf(SyncConfig config, String service) {
    return config.file().resolveSibling("runbooks").resolve(service + ".yaml");
  }

  /** The text of a runbook; anything wrong with the file is a {@code CONFIGURATION} error. */
  public static String text(Path file) {
    return ConfigFile.text("the runbook", file);
  }
}
