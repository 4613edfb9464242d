package io.travaso.cloning;

import io.travaso.SyncException;
import io.travaso.backup.PgDump;
import io.travaso.database.CloneSql;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import io.travaso.restore.Owners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** PostgreSQL's: an archive of pg_dump without rows, restored a section a time. */
final class PostgresStructure implements Structure {
  /** Two sections of pg_dump: types, tables and functions; then indexes, constraints, triggers. */
  private static final String BEFORE = "pre-data.dump";

  private static final String AFTER = "post-data.dump";

  private static final List<String> OPTIONS =
      List.of(
          "--no-owner",
          "--no-privileges",
          "--no-tablespaces",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels",
          "--exclude-schema=travaso");

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
    Optional<String> name = side.database().dialect().cloning().exportSnapshot(snapshot);
    PgDump programs = programs();
    for (String entry : List.of(BEFORE, AFTER)) {
      List<String> options = new ArrayList<>(OPTIONS);
      options.add("--section=" + entry.replace(".dump", ""));
      name.ifPresent(n -> options.add("--snapshot=" + n));
      temporary(
          file -> {
            programs.dump(file, options);
            to.file(entry, file);
          });
    }
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
  public void before(PackageReader from, Making target) throws IOException {
    load(from, target, BEFORE);
  }

  @Override
  public void after(PackageReader from, Making target) throws IOException {
    load(from, target, AFTER);
  }

  private static void load(PackageReader from, Making target, String entry) throws IOException {
    temporary(
        file -> {
          from.extract(entry, file);
          target.beside().load(file, Owners.USUAL);
        });
  }

  @Override
  public void forget(String database) {
    // There is nothing: what the usual account made is its own.
  }
}
