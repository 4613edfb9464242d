package io.travaso.site;

import io.travaso.Finding;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupRequest;
import io.travaso.backup.BackupStore;
import io.travaso.backup.BrokenBackup;
import io.travaso.backup.DumpTool;
import io.travaso.backup.DumpTools;
import io.travaso.backup.Retention;
import io.travaso.config.Environment;
import io.travaso.database.ServerFacts;
import io.travaso.host.LocalHost;
import io.travaso.table.TableId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backups of an environment whose host is this machine. */
final class LocalBackups {
  /** How long a dump waits for a table that the application has locked. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(60);

  /** A compressed dump holds no indexes; seen between a tenth and a third of the database. */
  private static final int SIZE_SHARE = 3;

  private final Environment environment;
  private final LocalDatabase database;
  private final Path directory;
  private final BackupStore store;

  LocalBackups(Environment environment, LocalDatabase database, Clock clock) {
    this.environment = environment;
    this.database = database;
    this.directory = Path.of(environment.backups().directory());
    this.store =
        new BackupStore(
            directory,
            new Retention(environment.backups().keep(), environment.backups().keepDays()),
            clock);
  }

  /** Whether a backup could be taken. */
  List<Finding> check(ServerFacts server) {
    List<Finding> findings = new ArrayList<>();
    DumpTool tool = tool(server);
    tool.requireRights();
    findings.add(Finding.ok(environment.name() + ": backups with " + tool.toolVersion()));
    Optional<Long> free = freeBytes();
    long needed = server.databaseBytes() / SIZE_SHARE;
    if (free.isPresent() && free.get() < needed) {
      findings.add(
          Finding.failure(
              "%s: %,d MB are free for backups in %s, about %,d are needed"
                  .formatted(environment.name(), free.get() >> 20, directory, needed >> 20),
              "Free some space, or name another folder under `backups`."));
    }
    for (BrokenBackup broken : store.broken()) {
      findings.add(
          Finding.warning(
              environment.name() + ": " + broken.name() + " is no whole backup: " + broken.why(),
              "It is never used; remove it when you don't need it."));
    }
    return findings;
  }

  private Optional<Long> freeBytes() {
    try (LocalHost host = new LocalHost()) {
      Path existing = directory;
      while (existing.getParent() != null && !host.exists(existing.toString())) {
        existing = existing.getParent();
      }
      return host.freeBytes(existing.toString());
    }
  }

  DumpTool tool() {
    return tool(database.serverFacts());
  }

  private DumpTool tool(ServerFacts server) {
    return DumpTools.find(database.settings(), database.reach().tools(), server.major(), LOCK_WAIT);
  }

  Backup take(Requests.TakeBackup request, List<TableId> tables) {
    ServerFacts server = database.serverFacts();
    return store.take(
        new BackupRequest(
            request.kind(),
            environment.name(),
            request.runId(),
            tables,
            server.major(),
            server.databaseBytes() / SIZE_SHARE),
        tool(server));
  }

  BackupStore store() {
    return store;
  }

  List<Backup> list() {
    return store.list();
  }

  List<String> retain() {
    return store.retain().stream().map(Backup::name).toList();
  }
}
