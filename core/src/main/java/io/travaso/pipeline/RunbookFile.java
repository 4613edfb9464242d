package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.SyncConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The runbook that says how a service is upgraded. */
public final class RunbookFile {
  private RunbookFile() {}

  /**
   * Its YAML.
   *
   * @param given the file to take; null for {@code runbooks/SERVICE.yaml} beside the configuration
   */
  public static String read(SyncConfig config, String service, @Nullable Path given) {
    Path file =
        given == null ? config.file().resolveSibling("runbooks").resolve(service + ".yaml") : given;
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
