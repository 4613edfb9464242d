package io.travaso.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would replace.
 *
 * @param service null where it is a backup of the environment's own database
 * @param parts what is replaced, in the order it is
 * @param stops the compose services that are stopped meanwhile
 * @param notes what to know before: images that are others now, parts that stay as they are
 */
public record RestorePlan(
    String name,
    @Nullable String service,
    String environment,
    String takenAt,
    List<Part> parts,
    List<String> stops,
    List<String> notes) {

  public RestorePlan {
    parts = List.copyOf(parts);
    stops = List.copyOf(stops);
    notes = List.copyOf(notes);
  }

  /**
   * Something that is replaced as a whole.
   *
   * @param kind {@code database} or {@code volume}
   * @param name as the configuration calls it; {@code --only} takes it
   * @param place where it is, for people
   * @param backupBytes of the dump or archive
   * @param presentBytes what is there now; -1 where that is not known
   */
  public record Part(String kind, String name, String place, long backupBytes, long presentBytes) {}
}
