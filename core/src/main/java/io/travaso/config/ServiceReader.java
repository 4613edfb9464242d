package io.travaso.config;

import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.Volume;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one service. Its paths are absolute on its environment's own host. */
final class ServiceReader {
  private static final String COMPOSE_EXAMPLE = "/srv/app/docker-compose.yml";

  private final Section service;
  private final @Nullable Environment environment;
  private final HostPaths paths;

  /**
   * @param environment null where there is a problem with its name
   */
  ServiceReader(Section service, @Nullable Environment environment, HostPaths paths) {
    this.service = service;
    this.environment = environment;
    this.paths = paths;
  }

  ServiceSettings read(String name) {
    Optional<Section> group =
        service.node("compose").orElse(null) instanceof YamlNode.Mapping
            ? service.section("compose")
            : Optional.empty();
    String compose = compose(group);
    String profile = group.flatMap(it -> it.text("profile")).orElse(null);
    group.ifPresent(Section::refuseUnknownKeys);
    Map<String, DatabaseSettings> databases = databases(compose, profile);
    Map<String, Volume> volumes = volumes(databases);
    if (databases.isEmpty() && volumes.isEmpty()) {
      service.problem("", "has neither databases nor volumes", "name what is to be kept of it");
    }
    Quiesce quiesce = QuiesceReader.read(service, databases);
    String folder = environment == null ? "/" : environment.backups().directory();
    return new ServiceSettings(
        name,
        environment == null ? "" : environment.name(),
        compose,
        profile,
        databases,
        volumes,
        quiesce,
        BackupsReader.read(service, paths, Path.of(folder).resolve(name).toString()));
  }

  private String compose(Optional<Section> group) {
    if (!service.has("compose")) {
      service.missing("compose", COMPOSE_EXAMPLE);
      return "";
    }
    Section owner = group.orElse(service);
    String key = group.isPresent() ? "file" : "compose";
    String file = owner.requiredText(key, COMPOSE_EXAMPLE);
    if (paths instanceof HostPaths.There && !file.isEmpty() && !file.startsWith("/")) {
      owner.problem(
          key, "is a relative path on another host", "write it from / on: " + COMPOSE_EXAMPLE);
      return "";
    }
    return file.isEmpty() ? "" : paths.absolute(owner, key, file);
  }

  private Map<String, DatabaseSettings> databases(String compose, @Nullable String profile) {
    Map<String, DatabaseSettings> databases = new LinkedHashMap<>();
    Section all = service.section("databases").orElse(null);
    if (all == null) {
      return databases;
    }
    for (String name : all.keys()) {
      requireName(all, name, "a database");
      boolean own =
          all.node(name).orElse(null) instanceof YamlNode.Scalar scalar
              && scalar.text().equals("environment");
      if (!own) {
        all.section(name)
            .map(it -> new DatabaseReader(paths).ofService(it, compose, profile))
            .ifPresent(it -> databases.put(name, it));
      } else if (environment != null) {
        databases.put(name, environment.database());
      }
    }
    return databases;
  }

  private Map<String, Volume> volumes(Map<String, DatabaseSettings> databases) {
    Map<String, Volume> volumes = new LinkedHashMap<>();
    Section all = service.section("volumes").orElse(null);
    if (all == null) {
      return volumes;
    }
    for (String name : all.keys()) {
      requireName(all, name, "a volume");
      if (databases.containsKey(name)) {
        all.problem(name, "is called as a database is", "give it another name");
      }
      all.section(name).ifPresent(it -> volumes.put(name, volume(it, databases)));
    }
    volumes.forEach((name, volume) -> refuseOverlap(all, name, volume, volumes));
    return volumes;
  }

  private static void requireName(Section all, String name, String what) {
    if (!name.matches(ServicesReader.NAME)) {
      all.problem(name, "is not a name for " + what, ServicesReader.NAME_HINT);
    }
  }

  private static Volume volume(Section section, Map<String, DatabaseSettings> databases) {
    String container = composeService(section, "service");
    String path = section.requiredText("path", "/var/www/html");
    if (!path.isEmpty() && !path.startsWith("/")) {
      section.problem("path", "is not an absolute path", "write it from / on, as in the container");
    } else if (!path.isEmpty() && Path.of(path).normalize().getNameCount() == 0) {
      section.problem("path", "is the whole container", "name the folder that is a volume");
    }
    runsDatabase(container, databases)
        .ifPresent(
            database ->
                section.problem(
                    "service",
                    "runs the database " + database,
                    "which is dumped; the files of a running server are no backup"));
    section.refuseUnknownKeys();
    return new Volume(container, Path.of("/").resolve(path).normalize().toString());
  }

  private static void refuseOverlap(
      Section all, String name, Volume volume, Map<String, Volume> volumes) {
    volumes.forEach(
        (other, its) -> {
          boolean within =
              !other.equals(name)
                  && Path.of(its.path()).getNameCount() > 0
                  && its.service().equals(volume.service())
                  && Path.of(volume.path()).startsWith(its.path());
          if (within) {
            all.problem(name, "is within the volume " + other, "name each folder once");
          }
        });
  }

  /** A name as compose takes it; anything else could be taken for an option. */
  static String composeService(Section section, String key) {
    String name = section.requiredText(key, "app: its name in the compose file");
    if (!name.isEmpty() && !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      section.problem(key, "is not the name of a compose service", "letters, digits, _, . and -");
    }
    return name;
  }

  /** The database whose server is in the container of a compose service. */
  static Optional<String> runsDatabase(String container, Map<String, DatabaseSettings> databases) {
    return databases.entrySet().stream()
        .filter(
            it ->
                it.getValue().container() != null
                    && container.equals(
                        Objects.requireNonNull(it.getValue().container()).service()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
