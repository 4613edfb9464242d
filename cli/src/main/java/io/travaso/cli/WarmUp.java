package io.travaso.cli;

import io.travaso.cli.command.Launch;
import io.travaso.cli.output.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Loads what commands load, for the class-data archive that Java makes of it at the end. Commands
 * are really run, with a database that nobody answers for; what they would load if somebody did is
 * loaded by its name.
 */
final class WarmUp {
  /** What the launcher calls it by. */
  static final String NAME = "warm-up";

  private static final String NOBODY =
      """
      environments:
        dev:
          database: {url: "%s://nobody@127.0.0.1:1/nothing", password: {env: HOME}}
          backups: {directory: backups, keep: 1}
        prod:
          ssh: {host: 127.0.0.1, port: 1, user: nobody}
          home: /nowhere
          database: {url: "%1$s://nobody@127.0.0.1:1/nothing", password: {env: HOME}}
          backups: {directory: backups, keep: 1}
      exports: {directory: fixtures, keep: 1}
      tables: [nothing]
      """;

  /** Only what nearly every run needs: all of a library would make the archive twice as large. */
  private static final List<String> USUAL =
      List.of(
          "io/travaso/",
          "org/postgresql/core/",
          "org/postgresql/jdbc/Pg",
          "org/mariadb/jdbc/client/",
          "org/mariadb/jdbc/message/",
          "com/fasterxml/jackson/databind/",
          "com/zaxxer/hikari/",
          "org/jdbi/v3/core/",
          "net/schmizz/sshj/transport/",
          "net/schmizz/sshj/sftp/",
          "net/schmizz/sshj/connection/",
          "com/github/luben/zstd/");

  private final Launch launch;

  WarmUp(Launch launch) {
    this.launch = launch;
  }

  void run() {
    try {
      for (String engine : List.of("postgresql", "mariadb")) {
        tryIn(engine);
      }
      Optional<Path> jar = launch.jar();
      if (jar.isPresent()) {
        load(jar.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tryIn(String engine) throws IOException {
    Path folder = Files.createTempDirectory("travaso-warm-up-");
    try {
      Path config = folder.resolve("sync.yaml");
      Files.writeString(config, NOBODY.formatted(engine));
      Program program = new Program(silent());
      program.run("--help");
      program.run("history", "--help");
      program.run("history", "--env", "dev", "--config", config.toString());
      program.run("history", "--env", "dev", "--json", "--config", config.toString());
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Launch silent() {
    Console console = launch.console();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Launch(
        new Console(
            console.in(),
            nowhere,
            nowhere,
            console.variables(),
            console.terminal(),
            console.language()),
        launch.surroundings(),
        launch.clock(),
        launch.nanoTime(),
        launch.program(),
        launch.version(),
        launch.jar(),
        launch.user(),
        launch.halt());
  }

  private static void load(Path jar) throws IOException {
    ClassLoader loader = WarmUp.class.getClassLoader();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(".class") && USUAL.stream().anyMatch(name::startsWith)) {
          load(name.substring(0, name.length() - ".class".length()).replace('/', '.'), loader);
        }
      }
    }
  }

  private static void load(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      // It is for a library that is not here: no command loads it either.
    }
  }
}
