package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The backups in one folder of the database's host. A backup is a dump and, beside it, a sidecar
 * that describes it; a dump without one was not made here and is left alone.
 */
public final class BackupStore {
  private static final Comparator<Backup> NEWEST_FIRST =
      Comparator.comparingLong(Backup::sequence).thenComparing(Backup::name).reversed();

  private final Path directory;
  private final Retention retention;
  private final Clock clock;

  /**
   * @param directory made with mode 0700 when the first backup is taken
   * @param retention which backups of each kind {@link #retain} leaves
   * @param clock gives the names their time, in its zone
   */
  public BackupStore(Path directory, Retention retention, Clock clock) {
    this.directory = directory.toAbsolutePath();
    this.retention = retention;
    this.clock = clock;
  }

  /** The backups in a folder of which so many of each kind are kept. */
  public BackupStore(Path directory, int keep, Clock clock) {
    this(directory, new Retention(keep, null), clock);
  }

  /**
   * Takes a backup and proves it: dumped, read in full, brought to the disk, then named.
   *
   * @throws SyncException when any of that fails; nothing is left in the folder then
   */
  public Backup take(BackupRequest request, DumpTool tool) {
    try {
      PartFile.makeDirectories(directory);
      try (BackupLock lock = BackupLock.take(directory)) {
        lock.deleteParts();
        checkSpace(request.estimatedBytes());
        return takeLocked(request, tool);
      }
    } catch (IOException e) {
      throw failed("could not take a backup in " + directory, e);
    }
  }

  /** All backups that can be described, newest first; whether they are whole is not looked at. */
  public List<Backup> list() {
    return scan().backups();
  }

  /** What looks like a backup and can't be described. */
  public List<BrokenBackup> broken() {
    return scan().broken();
  }

  /** The backup of a name, as {@link #list} shows it; anything else is not found. */
  public Optional<Backup> find(String name) {
    return list().stream().filter(backup -> backup.name().equals(name)).findFirst();
  }

  /**
   * Reads a backup in full and compares it with what was recorded.
   *
   * @return the same backup
   * @throws SyncException naming it and what is wrong with it
   */
  public Backup verify(Backup backup, DumpTool tool) {
    Optional<String> damage = damage(backup);
    if (damage.isPresent()) {
      throw SyncException.failed(
          "the backup " + backup.file() + " is broken: " + damage.get(), "choose another backup");
    }
    tool.prove(backup.file());
    return backup;
  }

  /** The newest backup of a kind that passes {@link #verify}. */
  public LastWhole lastWhole(BackupLabel kind, DumpTool tool) {
    Scan scan = scan();
    List<BrokenBackup> passedOver =
        new ArrayList<>(
            scan.broken().stream().filter(each -> BackupName.kindOf(each.name()) == kind).toList());
    for (Backup backup : scan.backups()) {
      if (backup.kind() == kind) {
        try {
          return new LastWhole(Optional.of(verify(backup, tool)), passedOver);
        } catch (SyncException e) {
          if (e.kind() == SyncException.Kind.INTERRUPTED) {
            throw e;
          }
          passedOver.add(new BrokenBackup(backup.name(), e.what()));
        }
      }
    }
    return new LastWhole(Optional.empty(), passedOver);
  }

  /**
   * Deletes the oldest backups of each kind. One that is whole always stays, and so does everything
   * that can't be described.
   *
   * @return what was deleted
   */
  public List<Backup> retain() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (BackupLock lock = BackupLock.take(directory)) {
      lock.deleteParts();
      List<Backup> deleted = new ArrayList<>();
      for (BackupLabel kind : BackupLabel.values()) {
        List<Backup> ofKind = list().stream().filter(each -> each.kind() == kind).toList();
        // Equal bytes to those that were proven are proof enough, at a fraction of the time.
        for (Backup backup :
            retention.tooMany(
                ofKind, Backup::takenAt, each -> damage(each).isEmpty(), clock.instant())) {
          // The sidecar first: a dump alone is nobody's, a sidecar alone would be a broken backup.
          Files.deleteIfExists(BackupName.sidecarOf(backup.file()));
          Files.deleteIfExists(backup.file());
          deleted.add(backup);
        }
      }
      return deleted;
    } catch (IOException e) {
      throw failed("could not delete old backups in " + directory, e);
    }
  }

  private Backup takeLocked(BackupRequest request, DumpTool tool) throws IOException {
    String name =
        BackupName.free(
            request.kind(), clock.instant().atZone(clock.getZone()), tool.ending(), this::isTaken);
    Path file = directory.resolve(name);
    Path part = PartFile.create(file);
    boolean done = false;
    try {
      tool.dump(part);
      tool.prove(part);
      PartFile.force(part);
      Backup backup =
          new Backup(
              file,
              request.kind(),
              nextSequence(),
              Files.size(part),
              Sha256.of(part),
              clock.instant(),
              request.environment(),
              request.runId(),
              request.tables(),
              request.serverMajor(),
              tool.toolVersion());
      PartFile.rename(part, file);
      Sidecar.of(backup).write(BackupName.sidecarOf(file));
      done = true;
      return backup;
    } finally {
      if (!done) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(file);
      }
    }
  }

  private boolean isTaken(String name) {
    Path file = directory.resolve(name);
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.exists(BackupName.sidecarOf(file), LinkOption.NOFOLLOW_LINKS);
  }

  private long nextSequence() {
    return list().stream().mapToLong(Backup::sequence).max().orElse(0) + 1;
  }

  private void checkSpace(long estimatedBytes) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < estimatedBytes) {
      throw SyncException.failed(
          "a backup in "
              + directory
              + " may need "
              + estimatedBytes
              + " bytes, and "
              + free
              + " are free there",
          "make room, or set another directory for backups");
    }
  }

  /** What is wrong with a backup's file; empty when its bytes are those that were proven. */
  private static Optional<String> damage(Backup backup) {
    try {
      if (!Files.isRegularFile(backup.file(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of("there is no such file");
      }
      long bytes = Files.size(backup.file());
      if (bytes != backup.bytes()) {
        return Optional.of("it has " + bytes + " bytes instead of " + backup.bytes());
      }
      return Sha256.of(backup.file()).equals(backup.sha256())
          ? Optional.empty()
          : Optional.of("its bytes have changed since it was taken (SHA-256)");
    } catch (IOException e) {
      return Optional.of("it can't be read: " + e.getMessage());
    }
  }

  private record Scan(List<Backup> backups, List<BrokenBackup> broken) {}

  private Scan scan() {
    List<Backup> backups = new ArrayList<>();
    List<BrokenBackup> broken = new ArrayList<>();
    for (Path file : files()) {
      if (BackupName.isSidecar(String.valueOf(file.getFileName()))) {
        try {
          backups.add(Sidecar.read(file));
        } catch (IOException e) {
          broken.add(
              new BrokenBackup(
                  String.valueOf(BackupName.dumpOf(file).getFileName()),
                  String.valueOf(e.getMessage())));
        }
      }
    }
    backups.sort(NEWEST_FIRST);
    broken.sort(Comparator.comparing(BrokenBackup::name).reversed());
    return new Scan(backups, broken);
  }

  private List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw failed("could not look into " + directory, e);
    }
  }

  private static SyncException failed(String what, IOException e) {
    return new SyncException(
        SyncException.Kind.FAILED,
        what + ": " + PartFile.reason(e),
        "see the permissions and the free space of the folder",
        e);
  }
}
