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
import org.junit.jupiter.api.Assumptions;

/**
 * The Docker Engine of the tests, where one answers and has the images that {@code scripts/test}
 * makes. Where it is not, tests that need it are reported as not run, with the reason; with {@code
 * TRAVASO_TEST_DOCKER=required} they fail.
 */
public final class DockerEngine {
  /** What the reason begins with, for whoever sums up what did not run. */
  public static final String NOT_RUN = "No Docker for the tests: ";

  static final String VARIABLE = "TRAVASO_TEST_DOCKER";

  private static final int SECONDS = 120;
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
    Optional<String> missing = Found.MISSING;
    if (missing.isPresent()) {
      String reason = NOT_RUN + missing.get();
      if ("required".equals(System.getenv(VARIABLE))) {
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
    static final DockerEngine ENGINE;
    static final Optional<String> MISSING;

    static {
      List<String> compose = List.of();
      String missing = failure(List.of("docker"), "info");
      for (List<String> way : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
        if (compose.isEmpty() && missing.isEmpty() && failure(way, "version").isEmpty()) {
          compose = way;
        }
      }
      if (missing.isEmpty() && compose.isEmpty()) {
        missing = "neither docker compose nor docker-compose is installed";
      }
      List<String> images =
          Arrays.stream(Image.values())
              .map(Image::reference)
              .filter(image -> !failure(List.of("docker"), "image", "inspect", image).isEmpty())
              .toList();
      if (missing.isEmpty() && !images.isEmpty()) {
        missing = "scripts/test makes the images it lacks: " + String.join(", ", images);
      }
      ENGINE = new DockerEngine(compose);
      MISSING = missing.isEmpty() ? Optional.empty() : Optional.of(missing);
      if (missing.isEmpty()) {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> ENGINE.removeAll(prefix()), "remove containers"));
      }
    }

    private static String failure(List<String> program, String... arguments) {
      try {
        run(program, List.of(arguments));
        return "";
      } catch (IllegalStateException | UncheckedIOException e) {
        return String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("it fails");
      }
    }
  }
}
