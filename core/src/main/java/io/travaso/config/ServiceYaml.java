package io.travaso.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.travaso.config.ServiceSettings.ServiceCommand;
import java.util.List;
import java.util.Objects;

/** Writes what {@link ServicesReader} and {@link PlacesReader} read. */
final class ServiceYaml {
  private ServiceYaml() {}

  /** The services of one environment, on its own host. */
  static void services(ObjectNode root, SyncConfig config, Environment environment) {
    List<ServiceSettings> services =
        config.services().values().stream()
            .filter(it -> it.environment().equals(environment.name()))
            .toList();
    if (services.isEmpty()) {
      return;
    }
    ObjectNode all = root.putObject("services");
    services.forEach(service -> service(all.putObject(service.name()), service, environment));
  }

  private static void service(ObjectNode node, ServiceSettings service, Environment environment) {
    node.put("environment", service.environment());
    ObjectNode compose = node.putObject("compose").put("file", service.compose());
    if (service.profile() != null) {
      compose.put("profile", service.profile());
    }
    ObjectNode databases = node.putObject("databases");
    service
        .databases()
        .forEach((name, it) -> database(databases, name, it, service, environment.database()));
    ObjectNode volumes = node.putObject("volumes");
    service
        .volumes()
        .forEach(
            (name, it) ->
                volumes.putObject(name).put("service", it.service()).put("path", it.path()));
    ObjectNode quiesce = node.putObject("quiesce");
    service.quiesce().stop().forEach(quiesce.putArray("stop")::add);
    service.quiesce().pause().forEach(quiesce.putArray("pause")::add);
    commands(quiesce.putArray("before"), service.quiesce().before());
    commands(quiesce.putArray("after"), service.quiesce().after());
    backups(node, service.backups());
  }

  private static void database(
      ObjectNode databases,
      String name,
      DatabaseSettings settings,
      ServiceSettings service,
      DatabaseSettings environments) {
    ContainerSettings container = settings.container();
    if (settings.equals(environments)) {
      databases.put(name, "environment");
    } else if (container != null
        && service.compose().equals(container.compose())
        && Objects.equals(service.profile(), container.profile())) {
      DatabaseYaml.ofService(databases.putObject(name), settings);
    } else {
      DatabaseYaml.ofEnvironment(databases.putObject(name), settings);
    }
  }

  private static void commands(ArrayNode array, List<ServiceCommand> commands) {
    for (ServiceCommand command : commands) {
      ObjectNode node = array.addObject().put("service", command.service());
      if (command.user() != null) {
        node.put("user", command.user());
      }
      command.argv().forEach(node.putArray("run")::add);
    }
  }

  /** Where backups of an environment or a service are kept. */
  static void backups(ObjectNode node, Backups backups) {
    ObjectNode written =
        node.putObject("backups").put("directory", backups.directory()).put("keep", backups.keep());
    if (backups.keepDays() != null) {
      written.put("keep-days", backups.keepDays());
    }
  }

  /** All second places: they are reached from the environment's own host. */
  static void places(ObjectNode root, SyncConfig config) {
    if (config.places().isEmpty()) {
      return;
    }
    ObjectNode all = root.putObject("places");
    for (Place place : config.places().values()) {
      ObjectNode node = all.putObject(place.name());
      node.putObject("ssh")
          .put("host", place.host())
          .put("port", place.port())
          .put("user", place.user())
          .put("identity", place.identity())
          .put("known-hosts", place.knownHosts());
      node.put("directory", place.directory()).put("keep", place.keep());
    }
  }
}
