package io.travaso.cli.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A developer's folder with a configuration in it, and the command as it is typed there. */
final class Project implements AutoCloseable {
  /** What the launcher is told where somebody sits at the terminal. */
  private static final String TERMINAL = "-Dtravaso.terminal=in,err";

  private static final Path ROOT = root();

  private final Path folder;
  private final Office dev;
  private final Office prod;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private String prodHost = "";
  private String prodPassword = "{env: PROD_PASSWORD}";
  private String set =
      """
      tables: [clienti.Cliente, pratiche.Pratica]
      exclude: [auth.User]
      references: {auth.User: {match: [username]}}
      """;
  private String more = "";
  private String tools = "";
  private @Nullable ComposeSample sample;
  private int commands;

  private Project(Path folder, Office dev, Office prod) {
    this.folder = folder;
    this.dev = dev;
    this.prod = prod;
    variables.put("HOME", folder.resolve("home").toString());
    // One class-data archive for all projects, not one for each.
    variables.put("XDG_CACHE_HOME", cache());
    variables.put("LANG", "C.UTF-8");
    variables.putAll(DockerEngine.environment());
    variables.put("DEV_PASSWORD", dev.database().password());
    variables.put("PROD_PASSWORD", prod.database().password());
  }

  /** Both environments on this machine. */
  static Project local(Office dev, Office prod) {
    try {
      Path folder = Files.createTempDirectory("travaso-project-").toRealPath();
      Files.createDirectories(folder.resolve("home"));
      Project project = new Project(folder, dev, prod);
      project.configure();
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new dev and prod on PostgreSQL, on the morning of an ordinary day. */
  static Project everyday() {
    return everyday(Engine.POSTGRESQL, Engine.POSTGRESQL);
  }

  /** A new dev and prod on the shared servers, on the morning of an ordinary day. */
  static Project everyday(Engine dev, Engine prod) {
    return local(
        Office.dev(dev.shared()).everydayOfDev(), Office.prod(prod.shared()).everydayOfProd());
  }

  Office dev() {
    return dev;
  }

  Office prod() {
    return prod;
  }

  Path folder() {
    return folder;
  }

  Path backups() {
    return folder.resolve("backups-prod");
  }

  /**
   * Puts prod on another host.
   *
   * @param home the tool's folder there
   */
  Project overSsh(SshServer server, Path identity, Path knownHosts, Path home, Path dotenv) {
    prodHost =
        """
        ssh: {host: %s, port: %d, user: %s, identity: "%s", known-hosts: "%s"}
            home: "%s"
        """
            .formatted(server.host(), server.port(), server.user(), identity, knownHosts, home)
            .strip();
    prodPassword = "{dotenv: \"" + dotenv + "\", key: DB_PASSWORD}";
    return configure();
  }

  /** Other programs for prod's backups. */
  Project tools(Path directory) {
    tools = ", tools: \"" + directory + "\"";
    return configure();
  }

  /** Prod's server runs in a service of a compose project, and is reached through its container. */
  Project inContainer(ComposeSample project) {
    sample = project;
    return configure();
  }

  Project set(String yaml) {
    set = yaml;
    return configure();
  }

  /** Further keys of the configuration. */
  Project more(String yaml) {
    more = yaml;
    return configure();
  }

  Project variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  private Project configure() {
    String yaml =
        """
        environments:
          dev:
            database: {url: "%s", password: {env: DEV_PASSWORD}%s}
            backups: {directory: backups-dev}
          prod:
            protected: true
            %s
            database: {url: "%s", password: %s%s}
            backups: {directory: "%s"}
        exports: {directory: exports}
        """
            .formatted(
                dev.database().url(),
                tools(dev),
                prodHost,
                sample == null ? prod.database().url() : sample.url(prod.database()),
                prodPassword,
                prodsPrograms(),
                backups());
    return write("sync-config/sync.yaml", yaml + set + more);
  }

  private String prodsPrograms() {
    if (sample != null) {
      return ", container: " + sample.setting(prod.database().engine());
    }
    return tools.isEmpty() ? tools(prod) : tools;
  }

  static String tools(Office office) {
    return office
        .database()
        .server()
        .dumpDirectory()
        .map(tools -> ", tools: \"" + tools + "\"")
        .orElse("");
  }

  Project write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String config() {
    return read(folder.resolve("sync-config/sync.yaml"));
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files in a folder below the project's, sorted. */
  List<String> files(String name) {
    Path directory = folder.resolve(name);
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> dumps() {
    return files("backups-prod").stream()
        .filter(name -> name.matches(".*\\.(dump|sql\\.zst)"))
        .toList();
  }

  static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code sync ARGUMENTS}, with nobody at the terminal. */
  Ended sync(String... arguments) {
    return start(arguments).ended();
  }

  /** {@code sync ARGUMENTS} at a terminal, where these lines are typed. */
  Ended typing(String typed, String... arguments) {
    Started started = startAtTerminal(arguments);
    started.type(typed);
    started.hangUp();
    return started.ended();
  }

  Started start(String... arguments) {
    return start(script("sync"), false, arguments);
  }

  /** A command that can ask, and waits for an answer. */
  Started startAtTerminal(String... arguments) {
    return start(script("sync"), true, arguments);
  }

  /** Another program, with the project's surroundings. */
  Ended run(String program, String... arguments) {
    return start(program, false, arguments).ended();
  }

  static String cache() {
    return ROOT.resolve("cli/target/cache").toString();
  }

  static String script(String name) {
    return ROOT.resolve("scripts").resolve(name).toString();
  }

  private Started start(String program, boolean terminal, String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(List.of(arguments));
      Path streams = Files.createDirectories(folder.resolve("home/.streams"));
      commands++;
      Path out = streams.resolve(commands + ".out");
      Path err = streams.resolve(commands + ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("JAVA_HOME"));
      environment.putAll(variables);
      if (terminal) {
        environment.put("TRAVASO_JAVA_OPTS", TERMINAL);
      }
      String line = Path.of(program).toFile().getName() + " " + String.join(" ", arguments);
      Started started = new Started(line, builder.start(), out, err);
      if (!terminal) {
        started.hangUp();
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("scripts/sync"))) {
        return at;
      }
    }
    throw new IllegalStateException("The project's folder is not above this one");
  }

  @Override
  public void close() {
    dev.close();
    prod.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
