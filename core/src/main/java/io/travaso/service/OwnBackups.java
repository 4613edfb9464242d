package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.backup.Backup;
import io.travaso.backup.BackupLabel;
import io.travaso.backup.BackupRequest;
import io.travaso.backup.BackupStore;
import io.travaso.backup.DumpTool;
import io.travaso.backup.Retention;
import io.travaso.config.Backups;
import io.travaso.restore.Beside;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The backups of the environment's own database, which are files, as whole databases. */
final class OwnBackups {
  private static final int DUMP_SHARE = 3;

  private final Premises premises;
  private final BackupStore store;

  OwnBackups(Premises premises) {
    this.premises = premises;
    Backups kept = premises.environment().backups();
    this.store =
        new BackupStore(
            Path.of(kept.directory()),
            new Retention(kept.keep(), kept.keepDays()),
            premises.clock());
  }

  List<Backup> list() {
    return store.list();
  }

  private OpenDatabase open() {
    return OpenDatabase.open(
        premises.environment().name(), premises.environment().database(), premises);
  }

  /** Reads it in full, and restores it beside the environment's database. */
  Verified verify(Backup backup, Progress progress) {
    long start = System.nanoTime();
    try (OpenDatabase database = open()) {
      progress.at("reading " + backup.name(), 0, backup.bytes());
      store.verify(backup, database.dumpTool());
      Verified.Database restored =
          Verifying.restored(database, database.database(), backup.file(), progress);
      return new Verified(
          backup.name(),
          null,
          backup.environment(),
          backup.takenAt().toString(),
          List.of(restored),
          List.of(),
          Verifying.millisSince(start));
    }
  }

  RestorePlan plan(Backup backup, @Nullable List<String> parts) {
    if (parts != null) {
      throw SyncException.configuration(
          backup.name() + " is of one database, and has no parts", "restore it as a whole");
    }
    requireOwn(backup);
    try (OpenDatabase database = open()) {
      return plan(backup, database);
    }
  }

  private RestorePlan plan(Backup backup, OpenDatabase database) {
    return new RestorePlan(
        backup.name(),
        null,
        backup.environment(),
        backup.takenAt().toString(),
        List.of(
            new RestorePlan.Part(
                "database",
                database.database(),
                database.place(),
                backup.bytes(),
                database.facts().databaseBytes())),
        List.of(),
        List.of(
            "whatever uses the database is disconnected for a moment; stop the application, or what"
                + " it writes meanwhile is lost"));
  }

  private void requireOwn(Backup backup) {
    String name = premises.environment().name();
    if (!backup.environment().equals(name)) {
      throw SyncException.refused(
          "%s is a backup of %s, not of %s".formatted(backup.name(), backup.environment(), name),
          "choose one of its own: sync backups --env " + name);
    }
  }

  /** Replaces the whole database; until the last moment it is as it was. */
  Restored restore(Backup backup, RestoreMode mode, Progress progress) {
    requireOwn(backup);
    try (OpenDatabase database = open()) {
      DumpTool tool = database.dumpTool();
      store.verify(backup, tool);
      RestorePlan plan = plan(backup, database);
      try (Beside beside = database.whole(progress).disconnectingOthers().create("restore")) {
        progress.at("loading " + backup.name(), 0, backup.bytes());
        beside.load(backup.file());
        String before = null;
        if (mode.backupFirst()) {
          progress.at("backup of the present", 0, 0);
          before = store.take(request(backup, database), tool).name();
        }
        long start = System.nanoTime();
        beside.swap();
        return new Restored(
            backup.name(),
            null,
            backup.environment(),
            before,
            plan.parts(),
            List.of(),
            Verifying.millisSince(start));
      }
    }
  }

  private static BackupRequest request(Backup backup, OpenDatabase database) {
    return new BackupRequest(
        BackupLabel.PRE_RESTORE,
        backup.environment(),
        null,
        backup.tables(),
        database.facts().major(),
        database.facts().databaseBytes() / DUMP_SHARE);
  }
}
