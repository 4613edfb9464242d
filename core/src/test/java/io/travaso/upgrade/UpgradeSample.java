package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The application of {@link ComposeSample} as a service that can be upgraded, from version 1. */
final class UpgradeSample implements AutoCloseable {
  static final String SERVICE = "notes";

  private final ComposeSample sample;
  private final Path folder;
  private final int port;

  private UpgradeSample(ComposeSample sample, Path folder, int port) {
    this.sample = sample;
    this.folder = folder;
    this.port = port;
  }

  static UpgradeSample start(Path folder) throws IOException {
    ComposeSample sample = ComposeSample.start(DockerEngine.get(), true, "django-db", "app");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // A port that stays the same for the next container.
    String compose = Files.readString(sample.file());
    Files.writeString(
        sample.file(), compose.replace("127.0.0.1::8000", "127.0.0.1:" + port + ":8000"));
    sample.compose("up", "-d", "--no-deps", "app");
    sample.awaitHealth();
    UpgradeSample made = new UpgradeSample(sample, folder, port);
    made.configure();
    return made;
  }

  ComposeSample compose() {
    return sample;
  }

  Path backups() {
    return folder.resolve("backups");
  }

  Upgrades upgrades(Steps.Hook hook) {
    return upgrades(folder, hook);
  }

  Upgrades upgrades() {
    return upgrades(Steps.Hook.NONE);
  }

  /** The tool of another process. */
  static Upgrades upgrades(Path folder, Steps.Hook hook) {
    SyncConfig config =
        SyncConfig.read(folder.resolve("sync.yaml"), new Surroundings(Map.of(), folder, folder));
    return new Upgrades(
        config,
        config.environment("prod"),
        Surroundings.ofThisProcess(),
        "test",
        Clock.systemUTC(),
        hook);
  }

  /** Writes the configuration. */
  private void configure() {
    String database =
        """
        url: "postgresql://mygest@django-db/mygest", password: {dotenv: "%s", key: DB_PASSWORD},
            maintenance: {user: postgres, password: {dotenv: "%s", key: POSTGRES_PASSWORD}}\
        """
            .formatted(sample.dotenv(), sample.dotenv());
    String yaml =
        """
        environments:
          prod:
            database: {%s,
              container: {compose: "%s", service: django-db}}
            backups: {directory: "%s"}
        tables: [app.Note]
        services:
          notes:
            compose: "%s"
            databases:
              main: {service: django-db, %s}
            volumes: {uploads: {service: app, path: /data}}
            quiesce:
              before: [{service: app, run: [python3, app.py, maintenance, "on"]}]
              stop: [app]
              after: [{service: app, run: [python3, app.py, maintenance, "off"]}]
            backups: {directory: "%s", keep: 50}
        """
            .formatted(
                database,
                sample.file(),
                backups(),
                sample.file(),
                database,
                backups().resolve("notes"));
    write(folder.resolve("sync.yaml"), yaml);
  }

  /** A runbook that works. */
  String runbook() {
    return runbook("200");
  }

  /**
   * A runbook.
   *
   * @param status what its smoke check wants to see
   */
  String runbook(String status) {
    return """
    service: notes
    images: {app: {repository: travaso-test/app}}
    preflight:
      disk: 10MB
      release-notes: https://example.org/notes/{tag}
      major-steps: 2
      checks:
        - {name: schema, sql: {database: main, query: SELECT version FROM app_schema, equals: "{from}"}}
    pull: never
    migrate:
      - {service: app, run: [python3, app.py, migrate], one-off: true, within: 1m}
    smoke:
      - http:
          url: http://127.0.0.1:%d/health
          status: %s
          json: {/version: "{tag}", /schema: "{tag}", /maintenance: "false"}
          within: 10s
      - sql: {database: main, query: SELECT count(*) > 2 FROM app_note, equals: t, within: 5s}
    after:
      commands: [{service: app, run: [sh, -c, "test -d /data"]}]
    """
        .formatted(port, status);
  }

  /** All that an upgrade may change. */
  List<String> everything() {
    return List.of(
        sample.image("app"),
        sample.docker().docker("inspect", "-f", "{{.Image}}", sample.container("app")),
        read(sample.file()),
        sample.health(),
        sample.get("/notes"),
        sample.get("/upload/picture"),
        sample.exec("app", "sh", "-c", "ls -ln /data"));
  }

  boolean isRunning() {
    return sample
        .docker()
        .docker("inspect", "-f", "{{.State.Running}}", sample.container("app"))
        .equals("true");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sample.close();
  }

  /** Keeps what is told. */
  record Told(List<String> lines) implements Progress {
    @Override
    public void at(String work, long done, long total) {}

    @Override
    public void tells(String line) {
      lines.add(line);
    }
  }
}
