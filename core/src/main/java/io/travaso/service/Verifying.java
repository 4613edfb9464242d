package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.container.VolumeArchive;
import io.travaso.restore.Beside;
import io.travaso.table.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Proves a service's backup by restoring its databases beside the real ones. */
final class Verifying {
  private final OpenService service;
  private final Progress progress;
  private final List<String> problems = new ArrayList<>();

  Verifying(OpenService service, Progress progress) {
    this.service = service;
    this.progress = progress;
  }

  /** What was found in it; anything wrong with it is a {@code FAILED} error that says all of it. */
  Verified run(ServiceBackup backup) {
    long start = System.nanoTime();
    ServiceManifest manifest = backup.contents();
    progress.at("reading " + backup.name(), 0, backup.bytes());
    ServiceFolder.damage(backup)
        .ifPresent(
            why -> {
              throw broken(backup, List.of(why));
            });
    List<Verified.Database> databases = new ArrayList<>();
    List<Verified.Volume> volumes = new ArrayList<>();
    for (ServiceManifest.Database dump : manifest.databases()) {
      attempt(dump.name(), () -> databases.add(database(backup, dump)));
    }
    for (ServiceManifest.Volume archive : manifest.volumes()) {
      attempt(archive.name(), () -> volumes.add(volume(backup, archive)));
    }
    if (!problems.isEmpty()) {
      throw broken(backup, problems);
    }
    return new Verified(
        backup.name(),
        backup.service(),
        manifest.environment(),
        manifest.takenAt(),
        databases,
        volumes,
        millisSince(start));
  }

  private void attempt(String part, Runnable proof) {
    try {
      proof.run();
    } catch (SyncException e) {
      if (e.kind() != SyncException.Kind.FAILED) {
        throw e;
      }
      problems.add(part + ": " + e.what() + (e.hint().isEmpty() ? "" : " → " + e.hint()));
      e.details().forEach(it -> problems.add(part + ": " + it));
    }
  }

  private static SyncException broken(ServiceBackup backup, List<String> why) {
    return new SyncException(
        SyncException.Kind.FAILED,
        "the backup " + backup.name() + " can't be relied on: " + why.get(0),
        "take another: sync backup " + backup.service(),
        why.subList(1, why.size()));
  }

  private Verified.Database database(ServiceBackup backup, ServiceManifest.Database dump) {
    OpenDatabase database = Selection.database(service, dump);
    return restored(database, dump.name(), Path.of(backup.directory(), dump.file()), progress);
  }

  /** A dump as it comes out of a restore beside the real database. */
  static Verified.Database restored(
      OpenDatabase database, String name, Path dump, Progress progress) {
    long start = System.nanoTime();
    progress.at("restoring " + name + " beside", 0, 0);
    try (Beside beside = database.whole(progress).create("verify")) {
      beside.load(dump);
      List<Verified.TableRows> tables = new ArrayList<>();
      long rows = 0;
      for (Map.Entry<TableId, Long> table : new TreeMap<>(beside.rows()).entrySet()) {
        tables.add(new Verified.TableRows(table.getKey().toString(), table.getValue()));
        rows += table.getValue();
      }
      return new Verified.Database(name, database.engine(), tables, rows, millisSince(start));
    }
  }

  private Verified.Volume volume(ServiceBackup backup, ServiceManifest.Volume archive) {
    progress.at("reading " + archive.name(), 0, archive.bytes());
    VolumeArchive.Info info =
        new VolumeArchive().prove(Path.of(backup.directory(), archive.file()));
    if (info.files() != archive.files()) {
      throw SyncException.failed(
          "it holds %d files instead of %d".formatted(info.files(), archive.files()), "");
    }
    return new Verified.Volume(archive.name(), info.files(), info.bytes());
  }

  static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
