package io.travaso.container;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A compose project: the services of one compose file. Nothing here removes a volume. */
public final class ComposeProject {
  private static final Pattern USUAL = Pattern.compile("(.*/(?:docker-)?compose)\\.ya?ml");

  static final String LABEL = "com.docker.compose.";

  private final DockerEngine engine;
  private final Docker docker;
  private final String file;
  private final @Nullable String profile;

  /** The project's name, once one of its containers told it: asking docker is much quicker. */
  private @Nullable String name;

  ComposeProject(DockerEngine engine, Docker docker, String file, @Nullable String profile) {
    this.engine = engine;
    this.docker = docker;
    this.file = file;
    this.profile = profile;
  }

  /** The compose file, absolute. */
  public String file() {
    return file;
  }

  public @Nullable String profile() {
    return profile;
  }

  /** The services of the file; with the plugin, those that the profile lets in. */
  public List<String> services() {
    String what = "read the services of " + file;
    CommandResult result = docker.run(command(List.of("config", "--services")));
    if (!result.succeeded()) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          "could not " + what + " on " + docker.host().name() + ": compose refuses the file",
          "see docker compose -f " + file + " config",
          DockerErrors.lines(result));
    }
    return result.output().lines().filter(line -> !line.isBlank()).sorted().toList();
  }

  /** The container of a service, running or not; empty when it has none yet. */
  public Optional<Container> find(String service) {
    return all(service).stream().findFirst();
  }

  /** The container of a service; an error that says how to make one when it has none. */
  public Container container(String service) {
    return find(service).orElseThrow(() -> none(service));
  }

  private SyncException none(String service) {
    List<String> services = services();
    if (!services.contains(service)) {
      return SyncException.configuration(
          "there is no service " + service + " in " + file + otherProfile(),
          nearest(service, services, "services"));
    }
    return SyncException.host(
        "the service " + service + " of " + file + " has no container" + otherProfile(),
        "make and start it: " + line(List.of("up", "-d", service)));
  }

  private String otherProfile() {
    return profile == null ? "" : " with the profile " + profile;
  }

  /** All containers of a service, those that run first; not those of single runs. */
  List<Container> all(String service) {
    if (name == null) {
      name = nameByLabels(service);
    }
    return name == null
        ? byCompose(service)
        : ordered(engine.labelled(Map.of("project", name, "service", service)));
  }

  /** The one project whose containers say that they were made from this file. */
  private @Nullable String nameByLabels(String service) {
    Set<String> names =
        engine.labelled(Map.of("service", service)).stream()
            .filter(it -> madeFrom(it.facts()).equals(String.join(",", files())))
            .map(it -> it.facts().label(LABEL + "project"))
            .collect(Collectors.toSet());
    return names.size() == 1 ? names.iterator().next() : null;
  }

  /** Compose writes down the files as they were named, and the folder they were in. */
  private static String madeFrom(ContainerFacts facts) {
    Path folder = Path.of(facts.label(LABEL + "project.working_dir"));
    return Stream.of(facts.label(LABEL + "project.config_files").split(",", -1))
        .filter(made -> !made.isEmpty())
        .map(made -> folder.resolve(made).normalize().toString())
        .collect(Collectors.joining(","));
  }

  private List<Container> byCompose(String service) {
    CommandResult result = docker.run(command(List.of("ps", "-a", "-q", service)));
    if (!result.succeeded()) {
      SyncException none = none(service);
      throw none.kind() == SyncException.Kind.CONFIGURATION
          ? none
          : DockerErrors.of(
              "find the container of " + service + " of " + file, docker.host().name(), result);
    }
    List<Container> found =
        ordered(engine.inspect(result.output().lines().filter(line -> !line.isBlank()).toList()));
    found.stream()
        .map(it -> it.facts().label(LABEL + "project"))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .ifPresent(it -> name = it);
    return found;
  }

  private static List<Container> ordered(List<Container> containers) {
    return containers.stream()
        .filter(it -> !it.facts().label(LABEL + "oneoff").equalsIgnoreCase("true"))
        .sorted(
            Comparator.comparing((Container it) -> !it.isRunning())
                .thenComparing(it -> it.facts().label(LABEL + "container-number")))
        .toList();
  }

  static String nearest(String word, List<String> names, String what) {
    return NearestName.of(word, names)
        .map(it -> "did you mean \"" + it + "\"?")
        .orElse(names.isEmpty() ? "there are no " + what : "known are " + String.join(", ", names));
  }

  /** Stops services as compose does, each with its own time to end. */
  public void stop(List<String> services) {
    compose("stop", List.of("stop"), services);
  }

  /** Starts containers that were stopped, in this order, and nothing besides. */
  public void start(List<String> services) {
    docker("start", services);
  }

  public void pause(List<String> services) {
    docker("pause", services);
  }

  public void unpause(List<String> services) {
    docker("unpause", services);
  }

  /** Fetches the images that the file names. */
  public void pull(List<String> services) {
    compose("pull the images of", List.of("pull"), services);
  }

  /**
   * Makes and starts containers as the file says; where image or settings changed, a new container
   * takes the old one's place and its volumes. Services they depend on are left alone.
   */
  public void up(List<String> services) {
    compose("start", List.of("up", "-d", "--no-deps", "--no-build"), services);
  }

  /** No service at all would mean every one. */
  private void compose(String what, List<String> arguments, List<String> services) {
    if (!services.isEmpty()) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(services);
      docker.succeed(what + " " + String.join(", ", services) + " of " + file, command(all));
    }
  }

  /**
   * By docker itself: compose's plugin would start what the services depend on, too. Who is in that
   * state already is passed over.
   */
  private void docker(String verb, List<String> services) {
    for (String service : services) {
      List<Container> containers = all(service);
      if (containers.isEmpty()) {
        container(service);
      }
      for (Container one : containers) {
        boolean needed =
            switch (verb) {
              case "start" -> !one.isRunning();
              case "pause" -> one.isRunning() && !one.isPaused();
              default -> one.isPaused();
            };
        if (needed) {
          docker.succeed(verb + " " + service + " of " + file, Docker.command(verb, one.id()));
        }
      }
    }
  }

  /**
   * Runs a program in a new container of a service, with its image, volumes and networks but
   * without its ports, and removes the container; services it depends on are left alone.
   */
  public CommandResult run(String service, @Nullable String user, List<String> argv) {
    return run(service, user, null, argv);
  }

  /**
   * As {@link #run(String, String, List)}. Interrupted, it ends the program.
   *
   * @param envFile a 0600 file of {@code NAME=value} lines on this host; null for none
   */
  public CommandResult run(
      String service, @Nullable String user, @Nullable Path envFile, List<String> argv) {
    return run(service, user, envFile, argv, false);
  }

  /**
   * As {@link #run(String, String, Path, List)}.
   *
   * @param skipEntrypoint whether the program takes the place of the image's entrypoint
   */
  public CommandResult run(
      String service,
      @Nullable String user,
      @Nullable Path envFile,
      List<String> argv,
      boolean skipEntrypoint) {
    return new SingleRun(docker, this::command).run(service, user, envFile, argv, skipEntrypoint);
  }

  private Command command(List<String> arguments) {
    return engine.compose().command(files(), profile, arguments);
  }

  /**
   * The compose file and, as compose itself has it where no file is named, the override beside it.
   */
  public List<String> files() {
    List<String> files = new ArrayList<>(List.of(file));
    override().ifPresent(files::add);
    return files;
  }

  /** {@code docker-compose.override.yml} beside {@code docker-compose.yml}, where it is there. */
  public Optional<String> override() {
    Matcher usual = USUAL.matcher(file);
    return usual.matches()
        ? Stream.of("yml", "yaml")
            .map(ending -> usual.group(1) + ".override." + ending)
            .filter(it -> Files.exists(Path.of(it)))
            .findFirst()
        : Optional.empty();
  }

  /**
   * The files a service's container was made from, where they are others than {@link #files}; what
   * is made anew from those would be something else.
   */
  public Optional<String> madeFromOthers(String service) {
    return find(service)
        .map(it -> madeFrom(it.facts()))
        .filter(made -> !made.isEmpty() && !made.equals(String.join(",", files())));
  }

  /** Containers of single runs of ours that go on after whoever started them was killed. */
  public List<String> removeSingleRuns(String service) {
    if (name == null) {
      find(service);
    }
    String project = name;
    if (project == null) {
      return List.of();
    }
    List<String> removed = new ArrayList<>();
    for (Container one : engine.labelled(Map.of("project", project))) {
      if (one.name().startsWith(SingleRun.PREFIX)) {
        docker.succeed("remove the container " + one.name(), Docker.command("rm", "-f", one.id()));
        removed.add(one.name());
      }
    }
    return removed;
  }

  /** A command as people type it. */
  private String line(List<String> arguments) {
    return String.join(" ", command(arguments).argv());
  }
}
