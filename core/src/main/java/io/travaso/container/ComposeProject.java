package io.travaso.container;

import io.travaso.host.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compose project: the services of one compose file. Nothing here removes a volume. */
public final class ComposeProject {
  private ComposeProject() {}

  /** The compose file, absolute. */
  public String file() {
    throw new UnsupportedOperationException();
  }

  public @Nullable String profile() {
    throw new UnsupportedOperationException();
  }

  /** The services of the file that the profile lets in. */
  public List<String> services() {
    throw new UnsupportedOperationException();
  }

  /** The container of a service, running or not; empty when it has none yet. */
  public Optional<Container> find(String service) {
    throw new UnsupportedOperationException();
  }

  /** The container of a service; an error that says how to make one when it has none. */
  public Container container(String service) {
    throw new UnsupportedOperationException();
  }

  public void stop(List<String> services) {
    throw new UnsupportedOperationException();
  }

  /** Starts containers that were stopped. */
  public void start(List<String> services) {
    throw new UnsupportedOperationException();
  }

  public void pause(List<String> services) {
    throw new UnsupportedOperationException();
  }

  public void unpause(List<String> services) {
    throw new UnsupportedOperationException();
  }

  /** Fetches the images that the file names. */
  public void pull(List<String> services) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes and starts containers as the file says; where image or settings changed, a new container
   * takes the old one's place and its volumes. Services they depend on are left alone.
   */
  public void up(List<String> services) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs a program in a new container of a service, with its image, volumes and networks but
   * without its ports, and removes the container; services it depends on are left alone.
   */
  public CommandResult run(String service, @Nullable String user, List<String> argv) {
    return run(service, user, null, argv);
  }

  /**
   * As {@link #run(String, String, List)}.
   *
   * @param envFile a 0600 file of {@code NAME=value} lines on this host; null for none
   */
  public CommandResult run(
      String service, @Nullable String user, @Nullable Path envFile, List<String> argv) {
    throw new UnsupportedOperationException();
  }
}
