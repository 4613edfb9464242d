package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.backup.ToolBox;
import io.travaso.config.ContainerSettings;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Environment;
import io.travaso.container.Container;
import io.travaso.container.DockerEngine;
import io.travaso.container.Endpoint;
import io.travaso.host.LocalHost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How an environment's database is reached on this machine; looked for once. */
final class Reach implements AutoCloseable {
  private final String environment;
  private final DatabaseSettings settings;
  private @Nullable Container container;
  private @Nullable Endpoint endpoint;

  Reach(Environment environment) {
    this(environment, environment.database());
  }

  /** The way to another database of the environment: a standby. */
  Reach(Environment environment, DatabaseSettings settings) {
    this.environment = environment.name();
    this.settings = settings;
  }

  /** The container its server runs in; empty when it is none. */
  Optional<Container> container() {
    ContainerSettings place = settings().container();
    if (place != null && container == null) {
      container = named(() -> DockerEngine.find(new LocalHost()).container(place).requireRunning());
    }
    return Optional.ofNullable(container);
  }

  /** Where the container's server answers; empty when the URL is taken as it is written. */
  Optional<Endpoint> endpoint() {
    ContainerSettings place = settings().container();
    if (place != null && settings().namesContainer() && endpoint == null) {
      endpoint = named(() -> container().orElseThrow().endpoint(place.port()));
    }
    return Optional.ofNullable(endpoint);
  }

  String host() {
    return endpoint().map(Endpoint::host).orElse(settings().host());
  }

  int port() {
    return endpoint().map(Endpoint::port).orElse(settings().port());
  }

  /**
   * The engine's programs: in the database's container, where it has one, for only there they fit
   * the server for certain.
   */
  ToolBox tools() {
    ContainerSettings place = settings().container();
    String folder = settings().tools();
    return place == null
        ? ToolBox.here(folder == null ? null : Path.of(folder))
        : ToolBox.in(container().orElseThrow(), place.port());
  }

  private DatabaseSettings settings() {
    return settings;
  }

  private <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (SyncException e) {
      SyncException told =
          new SyncException(e.kind(), environment + ": " + e.what(), e.hint(), e.details());
      told.initCause(e);
      throw told;
    }
  }

  @Override
  public void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
