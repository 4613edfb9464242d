package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compose project as people have them: PostgreSQL in the service {@code django-db}, MariaDB in
 * {@code maria-db}, and a small application {@code app} (scripts/sample/compose/app/app.py) that
 * keeps notes in {@code django-db} and uploads in a volume. Passwords stand in {@code .env}.
 */
public final class ComposeSample implements AutoCloseable {
  /** The application's role and database, on both engines. */
  public static final String NAME = "mygest";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerEngine docker;
  private final Path folder;
  private final List<String> services;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<Engine, TestServer> servers = new EnumMap<>(Engine.class);

  private ComposeSample(DockerEngine docker, Path folder, List<String> services) {
    this.docker = docker;
    this.folder = folder;
    this.services = services;
    for (String key :
        List.of("POSTGRES_PASSWORD", "MARIADB_ROOT_PASSWORD", "DB_PASSWORD", "MARIADB_PASSWORD")) {
      secrets.put(key, RunningServer.randomPassword());
    }
  }

  /** All three services, no port of theirs published. */
  public static ComposeSample start(DockerEngine docker) {
    return start(docker, false, "django-db", "maria-db", "app");
  }

  /**
   * Some of the services.
   *
   * @param published whether their ports are published, on free ports of 127.0.0.1
   */
  public static ComposeSample start(DockerEngine docker, boolean published, String... services) {
    // The folder's name is the project's.
    Path folder = temporary().resolve(docker.uniqueName("sample"));
    ComposeSample sample = new ComposeSample(docker, folder, List.of(services));
    try {
      sample.write(published);
      sample.compose("up", "-d");
      sample.prepare();
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      sample.close();
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(boolean published) throws IOException {
    Files.createDirectory(folder);
    // Whoever the application runs as in its container.
    Path counts = Files.createDirectory(folder.resolve("counts"));
    Files.setPosixFilePermissions(counts, PosixFilePermissions.fromString("rwxrwxrwx"));
    StringBuilder dotenv = new StringBuilder();
    secrets.forEach((key, value) -> dotenv.append(key).append('=').append(value).append('\n'));
    Files.createFile(
        dotenv(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(dotenv(), dotenv);
    Files.writeString(file(), ComposeFile.text(services, published));
  }

  private void prepare() {
    for (Engine engine : Engine.values()) {
      if (services.contains(service(engine))) {
        ready(engine);
      }
    }
    if (services.contains("app")) {
      server(Engine.POSTGRESQL)
          .executeAsAdmin(
              "CREATE ROLE " + NAME + " LOGIN PASSWORD '" + secret("DB_PASSWORD") + "'",
              "CREATE DATABASE " + NAME + " OWNER " + NAME);
      exec("app", "env", "APP_COUNTS=/none", "python3", "app.py", "migrate");
      awaitHealth();
    }
  }

  public DockerEngine docker() {
    return docker;
  }

  public Path folder() {
    return folder;
  }

  /** The project's name, which its containers, networks and volumes begin with. */
  public String project() {
    return folder.getFileName().toString();
  }

  /** The compose file. */
  public Path file() {
    return folder.resolve("docker-compose.yml");
  }

  public Path dotenv() {
    return folder.resolve(".env");
  }

  /** A value of {@code .env}. */
  public String secret(String key) {
    String value = secrets.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is not in .env");
    }
    return value;
  }

  public static String service(Engine engine) {
    return engine == Engine.POSTGRESQL ? "django-db" : "maria-db";
  }

  static int port(Engine engine) {
    return engine == Engine.POSTGRESQL ? 5432 : 3306;
  }

  /** The account that may create databases, whose password is in {@code .env}. */
  public static String administrator(Engine engine) {
    return engine == Engine.POSTGRESQL ? "postgres" : "root";
  }

  /** The key of the administrator's password in {@code .env}. */
  public static String administratorsKey(Engine engine) {
    return engine == Engine.POSTGRESQL ? "POSTGRES_PASSWORD" : "MARIADB_ROOT_PASSWORD";
  }

  String administratorsPassword(Engine engine) {
    return secret(administratorsKey(engine));
  }

  /** The value of {@code container:} in the configuration. */
  public String setting(Engine engine) {
    return "{compose: \"%s\", service: %s}".formatted(file(), service(engine));
  }

  /** A database's address as the configuration has it, with the service as the host. */
  public String url(TestDatabase database) {
    return "%s://%s@%s/%s"
        .formatted(
            database.engine().scheme(),
            database.user(),
            service(database.engine()),
            database.name());
  }

  /**
   * The server in a service, for what a test sets up and looks at; the tool knows nothing of it.
   */
  public TestServer server(Engine engine) {
    return servers.computeIfAbsent(
        engine,
        e ->
            e == Engine.POSTGRESQL
                ? new PostgresServer(new ComposeServer(this, e))
                : new MariaDbServer(new ComposeServer(this, e)));
  }

  /** The id of a service's container, also of one that is stopped. */
  public String container(String service) {
    String id =
        docker.docker(
            "ps",
            "-a",
            "-q",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + project(),
            "--filter",
            "label=com.docker.compose.service=" + service);
    if (id.isEmpty() || id.contains("\n")) {
      throw new IllegalStateException("Not one container of " + service + ": " + id);
    }
    return id;
  }

  /** A container's own address. */
  public String address(String service) {
    return docker.docker(
        "inspect",
        "-f",
        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
        container(service));
  }

  /** The image a service runs, as its container was given it. */
  public String image(String service) {
    return docker.docker("inspect", "-f", "{{.Config.Image}}", container(service));
  }

  /** {@code docker compose ARGUMENTS} on this project. */
  public String compose(String... arguments) {
    List<String> program = new ArrayList<>(docker.compose());
    program.addAll(List.of("-f", file().toString()));
    return DockerEngine.run(program, List.of(arguments));
  }

  /** What a command in a service's container wrote. */
  public String exec(String service, String... command) {
    return docker.exec(container(service), command);
  }

  /** Edits an image in the compose file by hand. */
  public void retag(String from, String to) {
    try {
      Files.writeString(
          file(), Files.readString(file()).replace("/" + from + "\"", "/" + to + "\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SamplePages pages() {
    return new SamplePages(URI.create("http://" + address("app") + ":8000"));
  }

  /** Status and body of a page, such as {@code 200 {"version": 1, …}}. */
  public String get(String path) {
    return pages().get(path);
  }

  /** Stores an upload. */
  public void upload(String name, String content) {
    pages().put("/upload/" + name, content);
  }

  /** The migrations that were begun since the project was started: {@code 1 to 2}. */
  public List<String> migrations() {
    Path file = folder.resolve("counts/migrations");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the application says of itself, waited for: it takes a moment to start. */
  public String health() {
    await(
        "the application to answer", () -> get("/health").startsWith("no ") ? "it does not" : null);
    return get("/health");
  }

  /** Waits until code and schema of the application fit. */
  public void awaitHealth() {
    await(
        "the application to be healthy",
        () -> get("/health").startsWith("200 ") ? null : get("/health"));
  }

  /** Waits until a server answers again. */
  public void ready(Engine engine) {
    await(service(engine) + " to answer", () -> refusal(engine));
  }

  private @Nullable String refusal(Engine engine) {
    String state = docker.docker("inspect", "-f", "{{.State.Status}}", container(service(engine)));
    if (!state.equals("running")) {
      throw new IllegalStateException(
          service(engine)
              + " is "
              + state
              + ":\n"
              + compose("logs", "--no-color", service(engine)));
    }
    Properties properties = new Properties();
    properties.setProperty("user", administrator(engine));
    properties.setProperty("password", administratorsPassword(engine));
    String url =
        "jdbc:%s://%s:%d/%s"
            .formatted(
                engine.scheme(),
                address(service(engine)),
                port(engine),
                engine == Engine.POSTGRESQL ? "postgres" : "");
    try {
      DriverManager.getConnection(url, properties).close();
      return null;
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Something that becomes true; null when it has, else what is still wrong. */
  private interface Wanting {
    @Nullable String reason();
  }

  private void await(String what, Wanting wanting) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (String reason = wanting.reason(); reason != null; reason = wanting.reason()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Waited for "
                + what
                + ": "
                + reason
                + "\n"
                + compose("logs", "--no-color", "--tail=20"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Removes the project with its volumes, and its folder. */
  @Override
  public void close() {
    docker.removeAll(project());
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
