package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Place;
import io.travaso.config.Surroundings;
import io.travaso.file.PartFile;
import io.travaso.host.Host;
import io.travaso.host.SshHost;
import io.travaso.host.SshSettings;
import io.travaso.service.ManifestFile.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Another host that keeps copies of a service's backups, over SFTP. */
final class SecondPlace {
  private final Place place;
  private final Path home;

  SecondPlace(Place place, Surroundings surroundings) {
    this.place = place;
    this.home = surroundings.home();
  }

  /**
   * Copies a backup, every file's SHA-256 checked over there, and then keeps the newest so many.
   *
   * @return where the copy is, for people
   * @throws SyncException of kind HOST that says that the backup itself is good
   */
  String copy(ServiceBackup backup, Progress progress) {
    try (Host host = SshHost.connect(settings())) {
      String directory = host.absolute(place.directory());
      FolderName names = new FolderName(backup.service());
      host.makeDirectories(directory);
      for (String name : host.list(directory)) {
        if (names.isPart(name)) {
          delete(host, directory + "/" + name);
        }
      }
      requireRoom(host, directory, backup);
      send(host, directory, backup, progress);
      for (String removed : retain(host, directory, names, backup)) {
        progress.tells("removed from " + place.name() + ": " + removed);
      }
      return host.name() + ":" + directory + "/" + backup.name();
    } catch (SyncException e) {
      throw new SyncException(
          e.kind() == SyncException.Kind.INTERRUPTED ? e.kind() : SyncException.Kind.HOST,
          "the backup %s is good in %s, but its copy to %s failed: %s"
              .formatted(backup.name(), backup.directory(), place.name(), e.what()),
          e.hint(),
          e);
    }
  }

  private SshSettings settings() {
    return SshSettings.of(place.name(), place.host(), place.user())
        .withPort(place.port())
        .withKnownHosts(local(place.knownHosts()))
        .withIdentity(local(place.identity()), null);
  }

  private Path local(String written) {
    return written.startsWith("~/") ? home.resolve(written.substring(2)) : Path.of(written);
  }

  private void requireRoom(Host host, String directory, ServiceBackup backup) {
    Optional<Long> free = host.freeBytes(directory);
    if (free.isPresent() && free.get() < backup.bytes()) {
      throw SyncException.host(
          "it has %d bytes, and %d are free in %s of %s"
              .formatted(backup.bytes(), free.get(), directory, host.name()),
          "make room there, or keep fewer backups: places." + place.name() + ".keep");
    }
  }

  /** The manifest comes last, and the folder's name after it. */
  private void send(Host host, String directory, ServiceBackup backup, Progress progress) {
    String folder = directory + "/" + backup.name();
    if (host.exists(folder)) {
      throw SyncException.host(folder + " is there already", "remove it, or name another folder");
    }
    String part = FolderName.partOf(folder);
    host.makeDirectories(part);
    List<String> files =
        new ArrayList<>(ManifestFile.files(backup.contents()).stream().map(Held::file).toList());
    files.add(FolderName.MANIFEST);
    long done = 0;
    for (String file : files) {
      Path here = Path.of(backup.directory(), file);
      progress.at("copy to " + place.name(), done, backup.bytes());
      host.send(here, part + "/" + file);
      done += size(here);
    }
    host.rename(part, folder);
    progress.at("copy to " + place.name(), done, backup.bytes());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw SyncException.failed("could not read " + file + ": " + PartFile.reason(e), "");
    }
  }

  /** The one that was just copied is whole, and stays. */
  private List<String> retain(Host host, String directory, FolderName names, ServiceBackup latest) {
    List<String> older =
        host.list(directory).stream()
            .filter(it -> names.isBackup(it) && !it.equals(latest.name()))
            .sorted(Comparator.reverseOrder())
            .toList();
    List<String> removed = new ArrayList<>();
    for (String name : older.subList(Math.min(place.keep() - 1, older.size()), older.size())) {
      if (isOfTheSame(host, directory + "/" + name, latest.contents())) {
        String part = directory + "/" + FolderName.partOf(name);
        host.rename(directory + "/" + name, part);
        delete(host, part);
        removed.add(name);
      }
    }
    return removed;
  }

  /** Somebody else's service may have the same name. */
  private static boolean isOfTheSame(Host host, String folder, ServiceManifest ours) {
    try {
      Path copy = Files.createTempDirectory("travaso-place-");
      try {
        host.fetch(folder + "/" + FolderName.MANIFEST, copy.resolve(FolderName.MANIFEST));
        ServiceManifest there = ManifestFile.read(copy);
        return there.service().equals(ours.service())
            && there.environment().equals(ours.environment())
            && there.compose().equals(ours.compose());
      } finally {
        Files.deleteIfExists(copy.resolve(FolderName.MANIFEST));
        Files.delete(copy);
      }
    } catch (IOException | SyncException e) {
      // What can't be described is left alone.
      return false;
    }
  }

  private static void delete(Host host, String folder) {
    for (String file : host.list(folder)) {
      host.delete(folder + "/" + file);
    }
    host.deleteDirectory(folder);
  }
}
