package io.travaso.cli.django;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A Django project of {@code src/test/resources/django}, and its commands. */
final class Django {
  static final Path PROJECTS = projects();

  private final String python = Python.withDjango();
  private final String project;
  private final String settings;

  /**
   * A project.
   *
   * @param project its folder's name
   */
  Django(String project) {
    this(project, project + "_settings");
  }

  /** A project with other settings than its usual ones. */
  Django(String project, String settings) {
    this.project = project;
    this.settings = settings;
  }

  private static Path projects() {
    try {
      URL found = Objects.requireNonNull(Django.class.getResource("/django"), "no test resources");
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code dumpdata}: writes the models to a file, in the format its ending says. */
  void dumpdata(TestDatabase database, Path file, String... options) {
    run(database, Stream.concat(Stream.of("dumpdata", "-o", file.toString()), Stream.of(options)));
  }

  /** {@code loaddata}: reads a file, and says how many objects. */
  void loaddata(TestDatabase database, Path file) {
    assertThat(run(database, Stream.of("loaddata", file.toString()))).contains("Installed ");
  }

  /** {@code loaddata} of a file that Django does not take; what it says about it. */
  String refuses(TestDatabase database, Path file) {
    Ended ended = end(database, List.of("loaddata", file.toString()));
    assertThat(ended.exitCode()).as(ended.output()).isNotZero();
    return ended.output();
  }

  private String run(TestDatabase database, Stream<String> arguments) {
    Ended ended = end(database, arguments.toList());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private Ended end(TestDatabase database, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python, "-m", "django"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH",
                PROJECTS + File.pathSeparator + PROJECTS.resolve(project),
                "DJANGO_SETTINGS_MODULE",
                settings,
                "LC_ALL",
                "C.UTF-8",
                "DB_ENGINE",
                database.engine() == Engine.MARIADB ? "mysql" : "postgresql",
                "DB_HOST",
                database.server().host(),
                "DB_PORT",
                String.valueOf(database.server().port()),
                "DB_NAME",
                database.name(),
                "DB_USER",
                database.user(),
                "DB_PASSWORD",
                database.password()));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Ended(int exitCode, String output) {}
}
