package io.travaso.container;

import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A throw-away container that has one mount of another container and nothing else: no network, no
 * other volume, and an image that is there already and has tar.
 *
 * @param image its id
 * @param gnu whether its tar is GNU's
 */
record VolumeHelper(Container container, MountedPath place, String image, boolean gnu) {
  private static final Duration SHORTLY = Duration.ofSeconds(60);
  private static final String TRIAL =
      "command -v tar find >/dev/null || exit 127; tar --version 2>/dev/null | head -n 1";

  /**
   * Finds an image: the container's own, or that of another container of its compose project.
   * Images are never fetched.
   *
   * @param onlyGnu whether another tar than GNU's will not do
   */
  static Optional<VolumeHelper> find(Container container, MountedPath place, boolean onlyGnu) {
    for (String image : images(container)) {
      List<String> arguments = new ArrayList<>(isolated());
      arguments.addAll(List.of("--entrypoint", "sh", image, "-c", TRIAL));
      CommandResult result = container.docker().run(Docker.command(arguments).within(SHORTLY));
      boolean gnu = result.output().contains("GNU tar");
      if (result.succeeded() && (gnu || !onlyGnu)) {
        return Optional.of(new VolumeHelper(container, place, image, gnu));
      }
    }
    return Optional.empty();
  }

  private static Set<String> images(Container container) {
    Set<String> images = new LinkedHashSet<>(List.of(container.imageId()));
    String project = container.facts().label(ComposeProject.LABEL + "project");
    if (!project.isEmpty()) {
      container
          .engine()
          .labelled(Map.of("project", project))
          .forEach(it -> images.add(it.imageId()));
    }
    return images;
  }

  /** What comes through it is not written into Docker's logs: that would be all of the volume. */
  private static List<String> isolated() {
    return List.of(
        "run",
        "--rm",
        "--network=none",
        "--log-driver=none",
        "--security-opt=label=disable",
        "--no-healthcheck",
        "--user=0:0");
  }

  /**
   * Runs a script with the mount at its place.
   *
   * @param work talks with the running script, and waits for its end
   */
  CommandResult run(String script, boolean readOnly, Talk work) throws IOException {
    String name = "travaso-volume-" + Marker.random();
    List<String> arguments = new ArrayList<>(isolated());
    arguments.addAll(List.of("-i", "--name", name, "--mount", place.option(readOnly)));
    arguments.addAll(List.of("--workdir=/", "--entrypoint", "sh", image));
    arguments.addAll(List.of("-c", script, "sh", place.path()));
    Command command = Docker.command(arguments);
    boolean ended = false;
    try (RunningCommand running = container.docker().host().start(command)) {
      CommandResult result = work.with(running);
      ended = true;
      return result;
    } finally {
      if (!ended) {
        // Its mount has a name, so no volume goes with it.
        Marker.undisturbed(
            () -> container.docker().run(Docker.command("rm", "-f", name).within(SHORTLY)));
      }
    }
  }

  /** What is done while a script runs. */
  interface Talk {
    CommandResult with(RunningCommand running) throws IOException;
  }
}
