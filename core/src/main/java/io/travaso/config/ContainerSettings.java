package io.travaso.config;

import org.jspecify.annotations.Nullable;

/**
 * The container a database's server runs in, on the environment's own host. Either {@code compose}
 * and {@code service} are there, or {@code docker} is.
 *
 * @param compose the project's compose file, absolute on that host
 * @param service its service in that file
 * @param profile of the compose project, {@code local} or {@code prod}; null for none
 * @param docker the container's name
 * @param port the server's port inside the container
 */
public record ContainerSettings(
    @Nullable String compose,
    @Nullable String service,
    @Nullable String profile,
    @Nullable String docker,
    int port) {

  /** The host of a URL that means the container, whatever it is called. */
  public static final String ANY = "container";

  /** Whether a URL's host means this container: its service, its own name, or the word. */
  public boolean isHost(String host) {
    return host.equals(ANY) || host.equals(service) || host.equals(docker);
  }

  /** For messages: {@code django-db of /srv/app/docker-compose.yml}. */
  public String place() {
    return docker == null ? service + " of " + compose : "the container " + docker;
  }
}
