package io.travaso.container;

import io.travaso.config.ContainerSettings;
import io.travaso.host.Host;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Docker Engine of a host, spoken to by its command line. */
public final class DockerEngine {
  private final Host host;

  private DockerEngine(Host host) {
    this.host = host;
  }

  /**
   * The engine that answers there.
   *
   * @throws io.travaso.SyncException of kind HOST where none does, with the reason
   */
  public static DockerEngine find(Host host) {
    return new DockerEngine(host);
  }

  /** The host it runs on. */
  public Host host() {
    return host;
  }

  /** The engine's version: {@code 20.10.24}. */
  public String version() {
    throw new UnsupportedOperationException();
  }

  /** The container a database's server runs in, running or not. */
  public Container container(ContainerSettings place) {
    throw new UnsupportedOperationException();
  }

  /**
   * A compose project.
   *
   * @param file its compose file, absolute
   */
  public ComposeProject project(String file, @Nullable String profile) {
    throw new UnsupportedOperationException();
  }

  /** A container, by its id or name. */
  public Container inspect(String idOrName) {
    throw new UnsupportedOperationException();
  }

  /** An image, by its id or {@code repository:tag}; empty when it is not on this engine. */
  public Optional<Image> image(String reference) {
    throw new UnsupportedOperationException();
  }
}
