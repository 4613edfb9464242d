package io.travaso.service;

import io.travaso.SyncException;
import io.travaso.backup.Retention;
import io.travaso.config.ServiceSettings;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import io.travaso.service.ManifestFile.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that holds the backups of one service, each a folder of its own. */
final class ServiceFolder {
  private static final Comparator<ServiceBackup> NEWEST_FIRST =
      Comparator.comparingLong(ServiceFolder::sequence)
          .thenComparing(ServiceBackup::name)
          .reversed();

  private final ServiceSettings service;
  private final Path directory;
  private final FolderName names;
  private final Clock clock;

  ServiceFolder(ServiceSettings service, Clock clock) {
    this.service = service;
    this.directory = Path.of(service.backups().directory());
    this.names = new FolderName(service.name());
    this.clock = clock;
  }

  Path directory() {
    return directory;
  }

  FolderName names() {
    return names;
  }

  /** Makes the folder where it is missing, and keeps other processes out of it. */
  ServiceLock lock() {
    return doing(
        "write to",
        () -> {
          PartFile.makeDirectories(directory);
          return ServiceLock.take(directory, service.name());
        });
  }

  /** Removes what was left behind; only under the lock, when whoever wrote it is gone. */
  void deleteParts() {
    doing(
        "tidy up",
        () -> {
          for (Path part : entries()) {
            if (names.isPart(String.valueOf(part.getFileName()))) {
              deleteFolder(part);
            }
          }
          return directory;
        });
  }

  /** An empty folder for a new backup, 0700, named as one in the making. */
  Path begin() {
    return doing(
        "make a backup in",
        () -> {
          String name =
              names.free(
                  clock, it -> Files.exists(directory.resolve(it), LinkOption.NOFOLLOW_LINKS));
          return Files.createDirectory(
              directory.resolve(FolderName.partOf(name)),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        });
  }

  /** Gives a backup its manifest and its name. */
  ServiceBackup finish(Path part, ServiceManifest manifest, boolean quiesced) {
    return doing(
        "finish a backup in",
        () -> {
          for (Held held : ManifestFile.files(manifest)) {
            PartFile.force(part.resolve(held.file()));
          }
          ManifestFile.write(part.resolve(FolderName.MANIFEST), manifest);
          String name = String.valueOf(part.getFileName());
          Path folder = directory.resolve(name.substring(0, name.length() - ".part".length()));
          PartFile.rename(part, folder);
          return describe(folder).leftStill(quiesced);
        });
  }

  /** Removes a backup that was not finished, as far as that works. */
  void abandon(Path part) {
    try {
      if (Files.exists(part)) {
        deleteFolder(part);
      }
    } catch (IOException e) {
      // Why it was not finished is what counts; the next command removes the rest.
      return;
    }
  }

  /** The next place in the order of taking. */
  long nextSequence() {
    return list().stream().mapToLong(ServiceFolder::sequence).max().orElse(0) + 1;
  }

  private static long sequence(ServiceBackup backup) {
    ServiceManifest manifest = backup.manifest();
    return manifest == null ? 0 : manifest.sequence();
  }

  /** All backups, newest first; those that can't be described come last. */
  List<ServiceBackup> list() {
    return doing(
        "look into",
        () -> {
          List<ServiceBackup> backups = new ArrayList<>();
          for (Path folder : entries()) {
            if (names.isBackup(String.valueOf(folder.getFileName()))
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
              backups.add(describe(folder));
            }
          }
          backups.sort(NEWEST_FIRST);
          return backups;
        });
  }

  private ServiceBackup describe(Path folder) {
    String name = String.valueOf(folder.getFileName());
    try {
      ServiceManifest manifest = ManifestFile.read(folder);
      long bytes = Files.size(folder.resolve(FolderName.MANIFEST));
      for (Held held : ManifestFile.files(manifest)) {
        bytes += held.bytes();
      }
      String why = foreign(manifest).or(() -> missing(folder, manifest)).orElse(null);
      return new ServiceBackup(
          name, folder.toString(), service.name(), bytes, why, manifest, null, false);
    } catch (IOException e) {
      return new ServiceBackup(
          name, folder.toString(), service.name(), 0, e.getMessage(), null, null, false);
    }
  }

  private Optional<String> foreign(ServiceManifest manifest) {
    return manifest.service().equals(service.name())
            && manifest.environment().equals(service.environment())
        ? Optional.empty()
        : Optional.of(
            "it is a backup of %s in %s".formatted(manifest.service(), manifest.environment()));
  }

  /** What can be seen without reading all of it. */
  private static Optional<String> missing(Path folder, ServiceManifest manifest) {
    for (Held held : ManifestFile.files(manifest)) {
      Path file = folder.resolve(held.file());
      try {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.of("there is no " + held.file());
        }
        if (Files.size(file) != held.bytes()) {
          return Optional.of(
              "%s has %d bytes instead of %d"
                  .formatted(held.file(), Files.size(file), held.bytes()));
        }
      } catch (IOException e) {
        return Optional.of(held.file() + " can't be read: " + PartFile.reason(e));
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a backup whose every byte was read. */
  static Optional<String> damage(ServiceBackup backup) {
    ServiceManifest manifest = backup.manifest();
    if (manifest == null || backup.broken() != null) {
      return Optional.of(String.valueOf(backup.broken()));
    }
    for (Held held : ManifestFile.files(manifest)) {
      try {
        if (!Sha256.of(Path.of(backup.directory(), held.file())).equals(held.sha256())) {
          return Optional.of(
              "the bytes of " + held.file() + " have changed since it was taken (SHA-256)");
        }
      } catch (IOException e) {
        return Optional.of(held.file() + " can't be read: " + PartFile.reason(e));
      }
    }
    return Optional.empty();
  }

  /** Removes the oldest backups of each purpose; only under the lock. */
  List<String> retain() {
    return doing(
        "remove old backups in",
        () -> {
          Retention retention =
              new Retention(service.backups().keep(), service.backups().keepDays());
          List<String> removed = new ArrayList<>();
          for (BackupPurpose purpose : BackupPurpose.values()) {
            List<ServiceBackup> ofPurpose =
                list().stream().filter(it -> isOurs(it.manifest(), purpose)).toList();
            Optional<String> needed = new StillFile(service).read().map(Quiesced::before);
            for (ServiceBackup backup :
                retention.tooMany(
                    ofPurpose,
                    it -> Instant.parse(Objects.requireNonNull(it.manifest()).takenAt()),
                    it -> damage(it).isEmpty(),
                    clock.instant())) {
              if (needed.filter(backup.name()::equals).isEmpty()) {
                remove(Path.of(backup.directory()));
                removed.add(backup.name());
              }
            }
          }
          return removed;
        });
  }

  /** What can't be described stays, and so does what is another service's. */
  private boolean isOurs(@Nullable ServiceManifest manifest, BackupPurpose purpose) {
    return manifest != null && manifest.purpose() == purpose && foreign(manifest).isEmpty();
  }

  /** Renamed first: what is left of a removal that is cut off is no backup. */
  private void remove(Path folder) throws IOException {
    Path part = directory.resolve(FolderName.partOf(String.valueOf(folder.getFileName())));
    PartFile.rename(folder, part);
    deleteFolder(part);
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  /** Files alone are deleted: a folder within is none of ours. */
  private static void deleteFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private interface FolderWork<T> {
    T run() throws IOException;
  }

  private <T> T doing(String what, FolderWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not " + what + " " + directory + ": " + PartFile.reason(e),
          "see the permissions and the free space of the folder",
          e);
    }
  }
}
