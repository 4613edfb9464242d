package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.backup.PgDump;
import io.travaso.database.CloneSql;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** PostgreSQL's: an archive of pg_dump without rows, restored a section a time. */
final class PostgresStructure implements Structure {
  private static final String ENTRY = "structure.dump";

  /** How long it waits for a table that the application has locked. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(60);

  private final CloneSide side;

  PostgresStructure(CloneSide side) {
    this.side = side;
  }

  private PgDump programs() {
    Database database = side.database();
    ServerFacts server =
        database.with("Asking " + database.name() + " what it is", database.dialect()::serverFacts);
    return PgDump.find(side.settings(), side.tools(), server.major(), LOCK_WAIT);
  }

  @Override
  public void write(Handle snapshot, PackageWriter to) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--schema-only",
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-publications",
                "--no-subscriptions",
                "--no-security-labels",
                "--exclude-schema=travaso"));
    side.database()
        .dialect()
        .cloning()
        .exportSnapshot(snapshot)
        .ifPresent(name -> options.add("--snapshot=" + name));
    temporary(
        file -> {
          programs().dump(file, options);
          to.file(ENTRY, file);
        });
  }

  /** Does something with a file that nobody else may read. */
  private static void temporary(WithFile use) throws IOException {
    Path file = Files.createTempFile("travaso-clone-", ".dump");
    try {
      use.with(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Uses a file. */
  private interface WithFile {
    void with(Path file) throws IOException;
  }

  @Override
  public void requireMakeable(CloneSource source) {
    programs();
    Database database = side.database();
    CloneSql sql = database.dialect().cloning();
    List<String> lacked =
        database.with(
            "Looking for extensions on " + database.name(),
            session -> sql.unavailable(session, source.extensions()));
    if (!lacked.isEmpty()) {
      throw SyncException.refused(
          "The target's server does not offer extensions that the source has: "
              + String.join(", ", lacked),
          "Install them on the target's host, or drop them in the source.");
    }
  }

  @Override
  public ConnectionSettings filler(ConnectionSettings maintenance) {
    // What the usual account makes is its own, as it is in the database that is replaced.
    ConnectionSettings usual = side.settings();
    return new ConnectionSettings(
        usual.engine(),
        usual.host(),
        usual.port(),
        maintenance.database(),
        usual.user(),
        usual.parameters(),
        usual.password());
  }

  @Override
  public void before(PackageReader from, Making target, Progress progress) throws IOException {
    makeExtensions(from.manifest().source().extensions(), target);
    restore(from, target, "pre-data");
  }

  /** Those that only an administrator may make are made by the account for maintenance. */
  private void makeExtensions(List<String> extensions, Making target) {
    ConnectionSettings maintenance = target.maintenance();
    if (extensions.isEmpty() || maintenance.user().equals(side.settings().user())) {
      return;
    }
    try (Database database = Database.open(maintenance)) {
      database.with(
          "Making extensions in " + database.name(),
          session -> {
            for (String extension : extensions) {
              // One that the usual account may make is to be its own.
              if (isForAdministrators(session, extension)) {
                session.execute(
                    "CREATE EXTENSION IF NOT EXISTS " + database.dialect().quote(extension));
              }
            }
            return true;
          });
    }
  }

  private static boolean isForAdministrators(Handle session, String extension) {
    return session
        .createQuery(
            "SELECT coalesce(bool_or(v.superuser AND NOT coalesce((to_jsonb(v)->>'trusted')::bool,"
                + " false)), false) FROM pg_available_extension_versions AS v WHERE v.name = :name")
        .bind("name", extension)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void after(PackageReader from, Making target, Progress progress) throws IOException {
    restore(from, target, "post-data");
  }

  private void restore(PackageReader from, Making target, String section) throws IOException {
    List<String> options =
        new ArrayList<>(List.of("--section=" + section, "--no-owner", "--no-privileges"));
    boolean others = !target.maintenance().user().equals(side.settings().user());
    if (others && !from.manifest().source().extensions().isEmpty()) {
      // Of an extension that is somebody else's, the comment can't be set.
      options.add("--no-comments");
    }
    temporary(
        file -> {
          from.extract(ENTRY, file);
          programs().restore(file, filler(target.maintenance()), options);
        });
  }
}
