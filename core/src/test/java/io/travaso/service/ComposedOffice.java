package io.travaso.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.backup.BackupLabel;
import io.travaso.backup.BackupRequest;
import io.travaso.backup.BackupStore;
import io.travaso.config.Environment;
import io.travaso.config.ServiceSettings;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.testing.ComposeSample;
import io.travaso.testing.DockerEngine;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compose project with a database on each engine and files in a volume, described three times:
 * {@code office} is all of it and has a maintenance mode, {@code stopped} and {@code paused} are
 * the files alone, of a container that is stopped or paused.
 */
final class ComposedOffice {
  private static final String CONFIG =
      """
      environments:
        prod:
          database:
            url: "POSTGRESQL_URL"
            password: {file: POSTGRESQL_PASSWORD}
            container: POSTGRESQL_SETTING
            maintenance: {user: postgres, password: {dotenv: DOTENV, key: POSTGRES_PASSWORD}}
          backups: {directory: FOLDER/own}
      tables: [paper]
      services:
        office:
          compose: COMPOSE
          databases:
            main: environment
            archive: {service: maria-db, url: "MARIADB_URL", password: {file: MARIADB_PASSWORD}, maintenance: {user: root, password: {dotenv: DOTENV, key: MARIADB_ROOT_PASSWORD}}}
          volumes: {uploads: {service: app, path: /data}}
          quiesce:
            before: {service: app, run: [flock, /data/lock, touch, /data/maintenance]}
            after: {service: app, run: [rm, -f, /data/maintenance]}
          backups: {directory: FOLDER/office}
        stopped:
          compose: COMPOSE
          volumes: {uploads: {service: app, path: /data}}
          quiesce: {stop: app}
          backups: {directory: FOLDER/stopped}
        paused:
          compose: {file: COMPOSE}
          volumes: {uploads: {service: app, path: /data}}
          quiesce: {pause: app}
          backups: {directory: FOLDER/paused}
      """;

  /** Writes to both databases and the volume at once, but for the time of maintenance. */
  private static final String WRITER =
      """
      import fcntl, os, time, psycopg2, pymysql
      pg = psycopg2.connect(host='django-db', dbname='PG_NAME', user='PG_USER', password='PG_PASSWORD')
      my = pymysql.connect(host='maria-db', database='MY_NAME', user='MY_USER', password='MY_PASSWORD')
      n = 0
      while n < 100000:
          with open('/data/lock', 'a') as lock:
              fcntl.flock(lock, fcntl.LOCK_EX)
              if not os.path.exists('/data/maintenance'):
                  n += 1
                  for connection in (pg, my):
                      connection.cursor().execute('INSERT INTO paper (id, text) VALUES (%s, %s)', (1000 + n, 'written'))
                      connection.commit()
                  with open('/data/pair-%d' % (1000 + n), 'w') as file:
                      file.write('written')
          time.sleep(0.002)
      """;

  private static @Nullable ComposedOffice shared;

  final ComposeSample sample;
  final Path folder;
  final Map<Engine, TestDatabase> databases = new LinkedHashMap<>();
  final Path config;
  final List<String> told = new ArrayList<>();

  private ComposedOffice(Path folder) {
    this.sample = ComposeSample.start(DockerEngine.get());
    this.folder = folder;
    this.config = folder.resolve("sync.yaml");
    try {
      for (Engine engine : Engine.values()) {
        TestDatabase database = sample.server(engine).newDatabase();
        databases.put(engine, database);
        database.execute(
            "CREATE TABLE paper (id int PRIMARY KEY, text varchar(40))",
            "CREATE TABLE stamp (id int PRIMARY KEY, paper_id int, FOREIGN KEY (paper_id)"
                + " REFERENCES paper (id))",
            "CREATE VIEW last_paper AS SELECT max(id) AS id FROM paper");
        Files.writeString(folder.resolve(engine.name()), database.password());
      }
      Files.writeString(config, text());
      // A path that some containers' programs may not have: it says what is missing.
      sample.exec("app", "flock", "/data/lock", "true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all tests of this JVM; it goes with the JVM. */
  static synchronized ComposedOffice shared() {
    DockerEngine.get();
    if (shared == null) {
      try {
        Path folder = Files.createTempDirectory("travaso-office-");
        shared = new ComposedOffice(folder);
        ComposedOffice ending = shared;
        Runtime.getRuntime().addShutdownHook(new Thread(ending::deleteFolders, "delete folders"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  private String text() {
    String text = CONFIG;
    for (Engine engine : Engine.values()) {
      text =
          text.replace(engine + "_URL", sample.url(database(engine)))
              .replace(engine + "_SETTING", sample.setting(engine))
              .replace(
                  "{file: " + engine + "_PASSWORD}",
                  "{file: " + folder.resolve(engine.name()) + "}");
    }
    return text.replace("COMPOSE", sample.file().toString())
        .replace("DOTENV", sample.dotenv().toString())
        .replace("FOLDER", folder.toString());
  }

  TestDatabase database(Engine engine) {
    return Objects.requireNonNull(databases.get(engine));
  }

  ServiceBackups backups() {
    Surroundings surroundings = new Surroundings(Map.of(), folder, folder);
    SyncConfig read = SyncConfig.read(config, surroundings);
    Environment prod = read.environment("prod");
    return new ServiceBackups(read, prod, surroundings, "test", Clock.systemUTC());
  }

  /** Takes a backup of the environment's own database; its name. */
  String takeOwn() {
    Premises premises = premises();
    try (OpenDatabase database =
        OpenDatabase.open("own", premises.environment().database(), premises)) {
      return new BackupStore(folder.resolve("own"), 9, Clock.systemUTC())
          .take(
              new BackupRequest(BackupLabel.MANUAL, "prod", null, List.of(), 15, 0),
              database.dumpTool())
          .name();
    }
  }

  ServiceSettings service(String name) {
    return premises().service(name);
  }

  private Premises premises() {
    Surroundings surroundings = new Surroundings(Map.of(), folder, folder);
    SyncConfig read = SyncConfig.read(config, surroundings);
    return new Premises(read, read.environment("prod"), surroundings, "test", Clock.systemUTC());
  }

  Progress progress() {
    told.clear();
    return new Progress() {
      @Override
      public void at(String work, long done, long total) {}

      @Override
      public void tells(String line) {
        told.add(line);
      }
    };
  }

  /** Empties everything, and fills it with these rows and files. */
  void fill(String text) {
    for (TestDatabase database : databases.values()) {
      database.execute("DELETE FROM stamp", "DELETE FROM paper");
      for (int id = 1; id <= 3; id++) {
        database.execute(
            "INSERT INTO paper VALUES (%d, '%s')".formatted(id, text + " " + id),
            "INSERT INTO stamp VALUES (%d, %d)".formatted(10 * id, id));
      }
    }
    app(
        "find /data -mindepth 1 -delete; mkdir -p /data/in/'side é'; echo "
            + text
            + " > /data/in/'side é'/a.txt; echo "
            + text
            + " > /data/b; chown -R 1234:4321 /data/in; chmod 640 /data/b; chmod 2750 /data/in;"
            + " ln -s in/a.txt /data/link; ln /data/b /data/hard; touch -d 2001-02-03 /data/b");
  }

  /** A shell's line in the application's container. */
  String app(String line) {
    return sample.exec("app", "sh", "-c", line);
  }

  /** All there is: rows, files with their owners, modes and digests. */
  List<String> contents() {
    List<String> contents = new ArrayList<>();
    databases.forEach(
        (engine, database) -> {
          for (String table : List.of("paper", "stamp")) {
            database.table(table).forEach(row -> contents.add(engine + " " + table + " " + row));
          }
          contents.add(engine + " view " + database.rows("SELECT id FROM last_paper"));
        });
    contents.addAll(
        app("cd /data; find . ! -name lock ! -name . -printf '%p %y %m %U:%G %l %n\\n' | sort;"
                + " find . -type f ! -name lock -exec sha256sum {} + | sort; stat -c %Y b")
            .lines()
            .toList());
    return contents;
  }

  /** Begins to write, and waits until something was written. */
  void startWriting() {
    TestDatabase pg = database(Engine.POSTGRESQL);
    TestDatabase my = database(Engine.MARIADB);
    String script =
        WRITER
            .replace("PG_NAME", pg.name())
            .replace("PG_USER", pg.user())
            .replace("PG_PASSWORD", pg.password())
            .replace("MY_NAME", my.name())
            .replace("MY_USER", my.user())
            .replace("MY_PASSWORD", my.password());
    sample.docker().docker("exec", "-d", sample.container("app"), "python3", "-c", script);
    await(() -> !database(Engine.MARIADB).rows("SELECT 1 FROM paper WHERE id > 1005").isEmpty());
  }

  /** Something that becomes true. */
  interface Wanted {
    boolean isTrue();
  }

  static void await(Wanted wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!wanted.isTrue()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** {@code running}, {@code paused}, {@code exited}. */
  String state(String service) {
    return sample.docker().docker("inspect", "-f", "{{.State.Status}}", sample.container(service));
  }

  boolean isInMaintenance() {
    return app("test -e /data/maintenance && echo yes || echo no").equals("yes");
  }

  /** What is in the folder of a service's backups, but for the lock. */
  List<String> files(String service) {
    try (var files = Files.list(folder.resolve(service))) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> !it.endsWith(".lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its containers go by themselves, as all do that tests have started. */
  private void deleteFolders() {
    for (Path each : List.of(folder, sample.folder())) {
      try (Stream<Path> files = Files.walk(each)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
