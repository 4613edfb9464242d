package io.travaso.upgrade;

import io.travaso.SyncException;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Environment;
import io.travaso.config.Runbook;
import io.travaso.config.SecretResolver;
import io.travaso.config.ServiceSettings;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.container.ComposeProject;
import io.travaso.container.DockerEngine;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.service.ServiceBackups;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that the steps of one service's upgrade work with. */
final class Workplace {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final ServiceSettings service;
  private final Runbook runbook;
  private final ServiceBackups backups;
  private final DockerEngine engine;
  private final ComposeProject project;
  private final Clock clock;

  /** A workplace whose backups hold the service still as its runbook says. */
  Workplace(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock,
      DockerEngine engine,
      ServiceSettings configured,
      Runbook runbook) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.runbook = runbook;
    this.service = held(configured, runbook);
    this.backups =
        new ServiceBackups(with(config, service), environment, surroundings, toolVersion, clock);
    this.engine = engine;
    this.project = engine.project(service.compose(), service.profile());
    this.clock = clock;
  }

  /** It holds still as its runbook says; the folders of images are archived by their own way. */
  private static ServiceSettings held(ServiceSettings it, Runbook runbook) {
    ServiceSettings.Quiesce quiesce = runbook.quiesce();
    Map<String, ServiceSettings.Volume> volumes = new LinkedHashMap<>(it.volumes());
    runbook
        .images()
        .forEach(
            image ->
                volumes
                    .values()
                    .removeIf(
                        volume ->
                            volume.service().equals(image.service())
                                && volume.path().equals(image.data())));
    return new ServiceSettings(
        it.name(),
        it.environment(),
        it.compose(),
        it.profile(),
        it.databases(),
        volumes,
        quiesce == null ? it.quiesce() : quiesce,
        it.backups());
  }

  private static SyncConfig with(SyncConfig it, ServiceSettings service) {
    Map<String, ServiceSettings> services = new LinkedHashMap<>(it.services());
    services.put(service.name(), service);
    return new SyncConfig(
        it.file(),
        it.root(),
        it.environments(),
        it.mode(),
        it.exports(),
        it.tables(),
        it.exclude(),
        it.references(),
        it.columns(),
        it.logFile(),
        services,
        it.places(),
        it.masks(),
        it.cloning(),
        it.conflicts());
  }

  Environment environment() {
    return environment;
  }

  ServiceSettings service() {
    return service;
  }

  Runbook runbook() {
    return runbook;
  }

  ServiceBackups backups() {
    return backups;
  }

  DockerEngine engine() {
    return engine;
  }

  ComposeProject project() {
    return project;
  }

  Clock clock() {
    return clock;
  }

  SecretResolver secrets() {
    return new SecretResolver(surroundings, config.root());
  }

  /** The service's database of that name. */
  DatabaseSettings database(String name) {
    DatabaseSettings database = service.databases().get(name);
    if (database == null) {
      throw SyncException.configuration(
          "the runbook asks the database " + name + " of " + service.name() + ", which has none",
          "it has " + String.join(", ", service.databases().keySet()));
    }
    return database;
  }

  /** The compose file as it is now. */
  ComposeFile composeFile() {
    return ComposeFile.read(Path.of(service.compose()), System.getenv());
  }

  /** Docker's own program, for what only it does. */
  CommandResult docker(String... arguments) {
    return engine.host().run(Command.of("docker").and(arguments));
  }
}
