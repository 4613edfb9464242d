package io.travaso.service;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.SecretResolver;
import io.travaso.config.ServiceSettings;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.container.DockerEngine;
import io.travaso.host.LocalHost;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all work on an environment's services starts from; the engine is looked for at first use.
 */
final class Premises {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;
  private @Nullable DockerEngine engine;

  Premises(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  SyncConfig config() {
    return config;
  }

  Environment environment() {
    return environment;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  String toolVersion() {
    return toolVersion;
  }

  Clock clock() {
    return clock;
  }

  SecretResolver secrets() {
    return new SecretResolver(surroundings, config.root());
  }

  DockerEngine engine() {
    if (engine == null) {
      engine = DockerEngine.find(new LocalHost());
    }
    return engine;
  }

  /** The services of this environment, in the order of the configuration. */
  List<ServiceSettings> services() {
    return config.services().values().stream()
        .filter(it -> it.environment().equals(environment.name()))
        .toList();
  }

  /** A service of this environment; an unknown one is a {@code CONFIGURATION} error. */
  ServiceSettings service(String name) {
    ServiceSettings service = config.services().get(name);
    if (service == null) {
      List<String> known = services().stream().map(ServiceSettings::name).toList();
      throw SyncException.configuration(
          "there is no service \"" + name + "\" in " + config.file(),
          NearestName.of(name, known)
              .map(nearest -> "did you mean \"" + nearest + "\"?")
              .orElse(
                  known.isEmpty()
                      ? "describe it there, under `services`"
                      : "known are " + String.join(", ", known)));
    }
    if (!service.environment().equals(environment.name())) {
      throw SyncException.configuration(
          "the service %s belongs to %s, not to %s"
              .formatted(name, service.environment(), environment.name()),
          "ask for it with --env " + service.environment());
    }
    return service;
  }
}
