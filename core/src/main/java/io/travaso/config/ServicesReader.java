package io.travaso.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Map<String, ServiceSettings> services = new LinkedHashMap<>();
    Optional<Section> all = section.section("services");
    if (all.isEmpty()) {
      return services;
    }
    for (String name : all.get().keys()) {
      all.get().section(name).ifPresent(it -> services.put(name, service(name, it)));
    }
    refuseSameFolder(all.get(), services);
    return services;
  }

  private ServiceSettings service(String name, Section service) {
    if (!name.matches(NAME)) {
      service.problem("", "is not a name for a service", NAME_HINT);
    }
    Environment environment = environment(service);
    String home = environment == null ? null : environment.home();
    boolean there = environment != null && !environment.isLocal();
    HostPaths paths =
        there
            ? new HostPaths.There(home == null ? "/" : home)
            : new HostPaths.Here(surroundings, root);
    ServiceSettings read = new ServiceReader(service, environment, paths).read(name);
    service.refuseUnknownKeys();
    return read;
  }

  private @Nullable Environment environment(Section service) {
    List<String> known = List.copyOf(environments.keySet());
    if (!service.has("environment")) {
      if (known.size() == 1) {
        return environments.get(known.get(0));
      }
      service.missing("environment", "prod: where it runs");
      return null;
    }
    Optional<String> name = service.text("environment");
    if (name.isPresent() && !environments.containsKey(name.get())) {
      service.problem(
          "environment", "is not one of the environments", Section.hint(name.get(), known));
    }
    return name.map(environments::get).orElse(null);
  }

  /** One of them would remove the other's when it tidies up. */
  private static void refuseSameFolder(Section all, Map<String, ServiceSettings> services) {
    Map<List<String>, String> folders = new HashMap<>();
    services.forEach(
        (name, service) -> {
          String folder = service.backups().directory();
          String other = folders.putIfAbsent(List.of(service.environment(), folder), name);
          if (other != null) {
            all.problem(
                name,
                "keeps its backups in the same folder as " + other,
                "give it one of its own: backups: {directory: " + folder + "/" + name + "}");
          }
        });
  }
}
