package io.travaso.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.SyncException;
import io.travaso.config.ContainerSettings;
import io.travaso.host.CommandResult;
import io.travaso.host.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Docker Engine of a host, spoken to by its command line. */
public final class DockerEngine {
  /** Its parts are on lines of their own: an operating system's name may hold anything else. */
  private static final String INFO =
      "{{.ServerVersion}}\n{{.SecurityOptions}}\n{{.OperatingSystem}}";

  private final Docker docker;
  private final String version;
  private final boolean near;
  private final Map<String, ComposeProject> projects = new HashMap<>();
  private @Nullable ComposeProgram compose;

  private DockerEngine(Docker docker, String version, boolean near) {
    this.docker = docker;
    this.version = version;
    this.near = near;
  }

  /**
   * The engine that answers there.
   *
   * @throws SyncException of kind HOST where none does, with the reason
   */
  public static DockerEngine find(Host host) {
    Docker docker = new Docker(host);
    String what = "ask the Docker Engine what it is";
    CommandResult info = docker.succeed(what, Docker.command("info", "--format", INFO));
    List<String> lines = info.output().lines().toList();
    // Older programs end with 0 where the engine does not answer.
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      throw DockerErrors.of(what, host.name(), info);
    }
    boolean ownNetwork = info.output().contains("rootless") || info.output().contains("Desktop");
    return new DockerEngine(docker, lines.get(0), !ownNetwork && isOnSocket(docker));
  }

  /** An engine that is spoken to by TCP or SSH publishes its ports somewhere else. */
  private static boolean isOnSocket(Docker docker) {
    CommandResult context =
        docker.run(Docker.command("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
    return !context.succeeded() || context.output().startsWith("unix:");
  }

  /** The host it runs on. */
  public Host host() {
    return docker.host();
  }

  /** The engine's version: {@code 20.10.24}. */
  public String version() {
    return version;
  }

  /** The container a database's server runs in, running or not. */
  public Container container(ContainerSettings place) {
    String file = place.compose();
    String service = place.service();
    if (file != null && service != null) {
      return project(file, place.profile()).container(service);
    }
    if (place.docker() == null) {
      throw new IllegalArgumentException("neither a compose service nor a container's name");
    }
    return inspect(place.docker());
  }

  /**
   * A compose project; the same one for the same file and profile.
   *
   * @param file its compose file, absolute
   */
  public ComposeProject project(String file, @Nullable String profile) {
    if (!host().exists(file)) {
      throw SyncException.configuration(
          "there is no compose file " + file + " on " + host().name(),
          "see compose in the configuration");
    }
    return projects.computeIfAbsent(
        profile + ":" + file, key -> new ComposeProject(this, docker, file, profile));
  }

  /** The compose program, looked for at first use. */
  ComposeProgram compose() {
    if (compose == null) {
      compose = ComposeProgram.find(docker);
    }
    return compose;
  }

  /** A container, by its id or name. */
  public Container inspect(String idOrName) {
    return inspect(List.of(idOrName)).stream().findFirst().orElseThrow(() -> missing(idOrName));
  }

  /** Those of these containers that are there. */
  List<Container> inspect(List<String> ids) {
    List<Container> containers = new ArrayList<>();
    for (JsonNode node : docker.inspect("container", ids)) {
      containers.add(new Container(this, docker, ContainerFacts.of(node)));
    }
    return containers;
  }

  private SyncException missing(String name) {
    List<String> names =
        docker
            .succeed("list the containers", Docker.command("ps", "-a", "--format", "{{.Names}}"))
            .output()
            .lines()
            .toList();
    return SyncException.host(
        "there is no container " + name + " on " + host().name(),
        ComposeProject.nearest(name, names, "containers"));
  }

  /** An image, by its id or {@code repository:tag}; empty when it is not on this engine. */
  public Optional<Image> image(String reference) {
    return docker.inspect("image", List.of(reference)).stream().findFirst().map(Image::of);
  }

  /** The containers that run, all of them. */
  List<Container> running() {
    return list("ps", "-q", "--no-trunc");
  }

  /** The containers that have these labels of compose, running or not. */
  List<Container> labelled(Map<String, String> labels) {
    List<String> arguments = new ArrayList<>(List.of("ps", "-a", "-q", "--no-trunc"));
    labels.forEach(
        (key, value) ->
            arguments.add("--filter=label=" + ComposeProject.LABEL + key + "=" + value));
    return list(arguments.toArray(String[]::new));
  }

  private List<Container> list(String... arguments) {
    CommandResult ids = docker.succeed("list the containers", Docker.command(arguments));
    return inspect(ids.output().lines().toList());
  }

  /** Whether addresses that the engine gives to ports and containers are this host's to reach. */
  boolean isNear() {
    return near;
  }
}
