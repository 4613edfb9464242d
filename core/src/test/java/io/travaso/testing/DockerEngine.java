package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Docker Engine of the tests, where one answers and has the images that {@code scripts/test}
 * makes. Where it is not, tests that need it are reported as not run, with the reason; with {@code
 * TRAVASO_TEST_DOCKER=required} they fail. The variable may also name the file in which {@code
 * scripts/test}, which makes the images meanwhile, says {@code ready}, which stands for required,
 * or why there are none.
 */
public final class DockerEngine {
  /** What the reason begins with, for whoever sums up what did not run. */
  public static final String NOT_RUN = "No Docker for the tests: ";

  static final String VARIABLE = "TRAVASO_TEST_DOCKER";

  private static final int SECONDS = 120;
  private static final int PREPARING_SECONDS = 300;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<String> compose;

  private DockerEngine(List<String> compose) {
    this.compose = compose;
  }

  /** The images of the tests. */
  public enum Image {
    BASE("travaso-test/base:1"),
    POSTGRESQL("travaso-test/postgres:15"),
    MARIADB("travaso-test/mariadb:10.11"),
    APP_1("travaso-test/app:1"),
    APP_2("travaso-test/app:2"),
    APP_3("travaso-test/app:3");

    private final String reference;

    Image(String reference) {
      this.reference = reference;
    }

    /** Repository and tag. */
    public String reference() {
      return reference;
    }
  }

  /** The engine with all images; a test that calls this does not run where it is not. */
  public static DockerEngine get() {
    if (Found.MISSING.isPresent()) {
      String reason = NOT_RUN + Found.MISSING.get();
      if (Found.REQUIRED) {
        throw new IllegalStateException(reason);
      }
      Assumptions.abort(reason);
    }
    return Found.ENGINE;
  }

  /** {@code docker compose} or {@code docker-compose}, whichever is there. */
  public List<String> compose() {
    return compose;
  }

  /** What a command needs in its environment to reach the same engine; mostly nothing. */
  public static Map<String, String> environment() {
    String host = System.getenv("DOCKER_HOST");
    return host == null || host.isBlank() ? Map.of() : Map.of("DOCKER_HOST", host);
  }

  /**
   * A name for a container, a network, a volume or a project that nobody else has. What begins with
   * it is removed when the JVM ends, if no test has done so.
   */
  public String uniqueName(String what) {
    return prefix() + NAMES.incrementAndGet() + "-" + what;
  }

  private static String prefix() {
    return "travaso-test-%d-".formatted(ProcessHandle.current().pid());
  }

  /**
   * {@code docker ARGUMENTS}.
   *
   * @return what it wrote to standard output, without the last line's end
   * @throws IllegalStateException with what it wrote to standard error, if it fails
   */
  public String docker(String... arguments) {
    return run(List.of("docker"), List.of(arguments));
  }

  /** What a command in a container wrote. */
  public String exec(String container, String... command) {
    return run(List.of("docker", "exec", container), List.of(command));
  }

  /** Removes containers with their volumes, networks and volumes whose names begin so. */
  public void removeAll(String prefix) {
    List<String> containers = names(prefix, "ps", "-a", "--format", "{{.Names}}");
    if (!containers.isEmpty()) {
      run(List.of("docker", "rm", "-f", "-v"), containers);
    }
    List<String> networks = names(prefix, "network", "ls", "--format", "{{.Name}}");
    if (!networks.isEmpty()) {
      run(List.of("docker", "network", "rm"), networks);
    }
    List<String> volumes = names(prefix, "volume", "ls", "--format", "{{.Name}}");
    if (!volumes.isEmpty()) {
      run(List.of("docker", "volume", "rm", "-f"), volumes);
    }
  }

  private List<String> names(String prefix, String... list) {
    return docker(list).lines().filter(name -> name.startsWith(prefix)).toList();
  }

  static String run(List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("travaso-docker-", ".out");
      Path err = Files.createTempFile("travaso-docker-", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "%s: %s\n%s"
                  .formatted(
                      ended ? "Failed" : "Still running after " + SECONDS + " s",
                      String.join(" ", command),
                      text(err)));
        }
        return text(out);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command.get(0), e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
  }

  /** Looked for once per JVM. */
  private static final class Found {
    static final boolean REQUIRED;
    static final DockerEngine ENGINE;
    static final Optional<String> MISSING;

    static {
      String said = DockerEngine.said();
      REQUIRED = said.equals("required");
      List<String> compose =
          Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
              .filter(way -> failure(way, "version").isEmpty())
              .findFirst()
              .orElse(List.of());
      ENGINE = new DockerEngine(compose);
      MISSING = REQUIRED || said.isEmpty() ? ENGINE.missing() : Optional.of(said);
      if (MISSING.isEmpty()) {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> ENGINE.removeAll(prefix()), "remove containers"));
      }
    }
  }

  /** What is known already: {@code required}, nothing, or why there is no Docker. */
  private static String said() {
    String value = Optional.ofNullable(System.getenv(VARIABLE)).orElse("");
    if (!value.startsWith("/")) {
      return value;
    }
    Path file = Path.of(value);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PREPARING_SECONDS);
    while (!Files.exists(file)) {
      if (System.nanoTime() > deadline) {
        return "it was not ready after " + PREPARING_SECONDS + " s";
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    try {
      String text = text(file);
      return text.equals("ready") ? "required" : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What keeps the tests from running. */
  private Optional<String> missing() {
    Optional<String> failure = failure(List.of("docker"), "info");
    if (failure.isPresent()) {
      return failure;
    }
    if (compose.isEmpty()) {
      return Optional.of("neither docker compose nor docker-compose is installed");
    }
    List<String> images =
        Arrays.stream(Image.values())
            .map(Image::reference)
            .filter(image -> failure(List.of("docker"), "image", "inspect", image).isPresent())
            .toList();
    return images.isEmpty()
        ? Optional.empty()
        : Optional.of("scripts/test makes the images it lacks: " + String.join(", ", images));
  }

  /** The last line of what a command says that fails. */
  private static Optional<String> failure(List<String> program, String... arguments) {
    try {
      run(program, List.of(arguments));
      return Optional.empty();
    } catch (IllegalStateException | UncheckedIOException e) {
      return String.valueOf(e.getMessage()).lines().reduce((a, b) -> b);
    }
  }
}
