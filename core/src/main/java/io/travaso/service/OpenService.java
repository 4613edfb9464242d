package io.travaso.service;

import io.travaso.config.DatabaseSettings;
import io.travaso.config.ServiceSettings;
import io.travaso.config.ServiceSettings.Volume;
import io.travaso.container.ComposeProject;
import io.travaso.container.Container;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service of this host as it is now: its project, and its databases as they are reached. */
final class OpenService implements AutoCloseable {
  private final ServiceSettings settings;
  private final Premises premises;
  private final ComposeProject project;
  private final List<OpenDatabase> databases = new ArrayList<>();
  private @Nullable List<String> services;

  OpenService(ServiceSettings settings, Premises premises) {
    this.settings = settings;
    this.premises = premises;
    this.project = premises.engine().project(settings.compose(), settings.profile());
  }

  ServiceSettings settings() {
    return settings;
  }

  String name() {
    return settings.name();
  }

  ComposeProject project() {
    return project;
  }

  Quieting quieting() {
    return new Quieting(settings, project, premises.clock());
  }

  ServiceFolder folder() {
    return new ServiceFolder(settings, premises.clock());
  }

  /** The services of its project; compose is asked once. */
  List<String> services() {
    if (services == null) {
      services = project.services();
    }
    return services;
  }

  /** A database of it, by the name the configuration has; kept open until this is closed. */
  OpenDatabase database(String name) {
    for (OpenDatabase open : databases) {
      if (open.name().equals(name)) {
        return open;
      }
    }
    DatabaseSettings given = Objects.requireNonNull(settings.databases().get(name), name);
    OpenDatabase open = OpenDatabase.open(name, given, premises);
    databases.add(open);
    return open;
  }

  Volume volume(String name) {
    return Objects.requireNonNull(settings.volumes().get(name), name);
  }

  /** The container that has a volume, running or not. */
  Container containerOf(Volume volume) {
    return project.container(volume.service());
  }

  /** Every compose service that the configuration speaks of. */
  static Set<String> named(ServiceSettings settings) {
    Set<String> named = new LinkedHashSet<>();
    settings.volumes().values().forEach(it -> named.add(it.service()));
    named.addAll(settings.quiesce().stop());
    named.addAll(settings.quiesce().pause());
    settings.quiesce().before().forEach(it -> named.add(it.service()));
    settings.quiesce().after().forEach(it -> named.add(it.service()));
    settings.databases().values().forEach(it -> servedBy(it, settings).ifPresent(named::add));
    return named;
  }

  /** The service of the same project that runs a database's server. */
  private static Optional<String> servedBy(DatabaseSettings database, ServiceSettings settings) {
    return Optional.ofNullable(database.container())
        .filter(it -> settings.compose().equals(it.compose()))
        .map(it -> it.service());
  }

  /**
   * The services of the project that may write to what belongs to this one, so that they stand
   * still while it is replaced: all but those that run databases, and those that are other
   * services' alone.
   */
  List<String> writers() {
    Set<String> mine = named(settings);
    Set<String> others = new LinkedHashSet<>();
    Set<String> servers = new LinkedHashSet<>();
    settings.databases().values().forEach(it -> servedBy(it, settings).ifPresent(servers::add));
    servedBy(premises.environment().database(), settings).ifPresent(servers::add);
    premises
        .config()
        .localEnvironments()
        .forEach(it -> servedBy(it.database(), settings).ifPresent(servers::add));
    for (ServiceSettings other : premises.services()) {
      if (!other.name().equals(settings.name()) && other.compose().equals(settings.compose())) {
        others.addAll(named(other));
        other.databases().values().forEach(it -> servedBy(it, settings).ifPresent(servers::add));
      }
    }
    return services().stream()
        .filter(it -> !servers.contains(it) && (mine.contains(it) || !others.contains(it)))
        .toList();
  }

  @Override
  public void close() {
    databases.forEach(OpenDatabase::close);
  }
}
