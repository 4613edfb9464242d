package io.travaso.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restore that is done.
 *
 * @param service null where it was a backup of the environment's own database
 * @param before the backup of the present that was taken first; null where none was asked for
 * @param parts what was replaced
 * @param started the compose services that run again
 * @param downMillis how long the service's containers were stopped
 */
public record Restored(
    String name,
    @Nullable String service,
    String environment,
    @Nullable String before,
    List<RestorePlan.Part> parts,
    List<String> started,
    long downMillis) {

  public Restored {
    parts = List.copyOf(parts);
    started = List.copyOf(started);
  }
}
