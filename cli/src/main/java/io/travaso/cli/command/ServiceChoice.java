package io.travaso.cli.command;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.ServiceSettings;
import io.travaso.config.SyncConfig;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Which service is meant, and on whose host it is. */
final class ServiceChoice {
  private ServiceChoice() {}

  /** The service of that name; an unknown one is a {@code CONFIGURATION} error. */
  static ServiceSettings named(SyncConfig config, String name) {
    ServiceSettings service = config.services().get(name);
    if (service != null) {
      return service;
    }
    Set<String> known = config.services().keySet();
    throw SyncException.configuration(
        "There is no service \"" + name + "\" in " + config.file(),
        known.isEmpty()
            ? "Describe it under `services`."
            : NearestName.of(name, known)
                .map(nearest -> "Did you mean \"" + nearest + "\"?")
                .orElse("Known are " + String.join(", ", known)));
  }

  static Environment environment(SyncConfig config, ServiceSettings service) {
    return config.environment(service.environment());
  }

  /** The service that a backup's name begins with; empty for one of an environment's own. */
  static Optional<ServiceSettings> ofBackup(SyncConfig config, String backup) {
    return config.services().values().stream()
        .filter(service -> backup.startsWith(service.name() + "_"))
        .max(Comparator.comparingInt(service -> service.name().length()));
  }
}
