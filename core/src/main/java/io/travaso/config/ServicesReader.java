package io.travaso.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads {@code services}. */
final class ServicesReader {
  private final Section section;
  private final Map<String, Environment> environments;
  private final Surroundings surroundings;
  private final Path root;

  ServicesReader(
      Section section,
      Map<String, Environment> environments,
      Surroundings surroundings,
      Path root) {
    this.section = section;
    this.environments = environments;
    this.surroundings = surroundings;
    this.root = root;
  }

  Map<String, ServiceSettings> read() {
    return Map.of();
  }
}
