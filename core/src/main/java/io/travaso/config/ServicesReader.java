package io.travaso.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads {@code services}. */
final class ServicesReader {
  /** The names of services, their databases and volumes, and places: files are called so. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

  static final String NAME_HINT = "use letters, digits, - and _, up to 63 of them";

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
