package io.travaso.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code container} that a database's server runs in. */
final class ContainerReader {
  private static final String EXAMPLE =
      "for example {compose: /srv/app/docker-compose.yml, service: db}, or {docker: NAME}";
  private static final Map<String, Integer> PORTS = Map.of("postgresql", 5432, "mariadb", 3306);
  private static final int FALLBACK = 5432;

  private ContainerReader() {}

  static ContainerSettings read(Section section, HostPaths paths, DatabaseUrl url) {
    boolean compose = section.has("compose");
    boolean docker = section.has("docker");
    if (compose == docker) {
      section.problem("", compose ? "has both compose and docker" : "names no container", EXAMPLE);
    }
    if (!compose && (section.has("service") || section.has("profile"))) {
      section.problem("", "has service or profile without compose", EXAMPLE);
    }
    String file =
        section.text("compose").map(it -> paths.absolute(section, "compose", it)).orElse(null);
    if (compose && !section.has("service")) {
      section.missing("service", "db: its name in the compose file");
    }
    String service = name(section, "service");
    String profile = name(section, "profile");
    String name = name(section, "docker");
    int port = port(section, url, service == null ? name : service);
    section.refuseUnknownKeys();
    return new ContainerSettings(file, service, profile, name, port);
  }

  /**
   * The server's port inside the container: what {@code port} says; or what the URL says, where its
   * host is the container; or the engine's.
   */
  static int port(Section section, DatabaseUrl url, @Nullable String container) {
    boolean inside = ContainerSettings.ANY.equals(url.host()) || url.host().equals(container);
    int otherwise = inside ? url.port() : PORTS.getOrDefault(url.engine(), FALLBACK);
    return section.number("port", otherwise, 1, 65535);
  }

  /** Docker's and compose's names; anything else could be taken for an option. */
  static @Nullable String name(Section section, String key) {
    String name = section.text(key).orElse(null);
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      section.problem(key, "is not a name that Docker knows", "letters, digits, _, . and -");
      return null;
    }
    return name;
  }
}
