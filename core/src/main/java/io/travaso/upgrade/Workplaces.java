package io.travaso.upgrade;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Runbook;
import io.travaso.config.ServiceSettings;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.container.DockerEngine;
import io.travaso.host.LocalHost;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the workplace of a service's upgrade. */
final class Workplaces {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;
  private @Nullable DockerEngine engine;

  Workplaces(
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

  /**
   * Reads the runbook with the values of its variables.
   *
   * @param from the tag before
   * @param tag the tag afterwards
   */
  Workplace open(String service, String yaml, String from, String tag) {
    return new Workplace(
        config,
        environment,
        surroundings,
        toolVersion,
        clock,
        engine(),
        settings(service),
        runbook(service, yaml, Map.of("from", from, "tag", tag, "service", service)));
  }

  /** Reads a runbook, which must be this service's. */
  static Runbook runbook(String service, String yaml, Map<String, String> values) {
    String name = service + ".yaml";
    Runbook runbook = Runbook.parse(yaml, name, values);
    if (!runbook.service().equals(service)) {
      throw SyncException.configuration(
          "the runbook " + name + " is one of " + runbook.service() + ", not of " + service,
          "correct its key service, or name the right file");
    }
    return runbook;
  }

  /** A service of this environment. */
  ServiceSettings settings(String service) {
    ServiceSettings settings = config.services().get(service);
    if (settings != null && settings.environment().equals(environment.name())) {
      return settings;
    }
    List<String> known =
        config.services().values().stream()
            .filter(it -> it.environment().equals(environment.name()))
            .map(ServiceSettings::name)
            .toList();
    throw SyncException.configuration(
        "there is no service \"" + service + "\" of " + environment.name() + " in " + config.file(),
        NearestName.of(service, known)
            .map(nearest -> "did you mean \"" + nearest + "\"?")
            .orElse("known are " + String.join(", ", known)));
  }

  Environment environment() {
    return environment;
  }

  private DockerEngine engine() {
    if (engine == null) {
      engine = DockerEngine.find(new LocalHost());
    }
    return engine;
  }
}
