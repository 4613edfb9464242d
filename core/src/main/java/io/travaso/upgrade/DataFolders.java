package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Runbook;
import io.travaso.container.VolumeArchive;
import io.travaso.file.PartFile;
import io.travaso.upgrade.UpgradeState.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an upgrade of a database's server itself needs: an older server does not read a newer one's
 * data folder, so that the folder has to be in the backup.
 */
final class DataFolders {
  private static final List<String> POSTGRES =
      List.of("postgres", "postgresql", "postgis", "pgvector", "timescaledb", "postgres-ssl");

  private static final String ENDING = ".tar.zst";
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Workplace workplace;

  DataFolders(Workplace workplace) {
    this.workplace = workplace;
  }

  List<Finding> look(TagEdit.Edited edited) {
    List<Finding> findings = new ArrayList<>();
    edited
        .to()
        .forEach(
            (service, to) ->
                postgres(service, edited.from().getOrDefault(service, ""), to)
                    .ifPresent(findings::add));
    Set<String> servers = new HashSet<>();
    workplace.service().databases().values().forEach(it -> server(it).ifPresent(servers::add));
    for (Runbook.Image image : workplace.runbook().images()) {
      if (servers.contains(image.service()) && image.data() == null) {
        findings.add(
            Finding.problem(
                image.service() + " is a database's server, and the runbook does not name its data",
                "add data: /var/lib/mysql, say, to its image: an older server does not read a"
                    + " newer one's data, so the way back needs it"));
      }
    }
    return findings;
  }

  /** The databases whose server is among them: their folders come back, not their dumps. */
  Set<String> databases() {
    List<String> servers = services();
    return workplace.service().databases().entrySet().stream()
        .filter(it -> server(it.getValue()).filter(servers::contains).isPresent())
        .map(it -> it.getKey())
        .collect(Collectors.toSet());
  }

  /** The compose services that have such a folder. */
  List<String> services() {
    return workplace.runbook().images().stream()
        .filter(it -> it.data() != null)
        .map(Runbook.Image::service)
        .toList();
  }

  /** Starts them where they were stopped, and waits until their databases answer. */
  void start() {
    workplace.project().start(services());
    Set<String> names = databases();
    long end = System.nanoTime() + STARTING.toNanos();
    for (String name : names) {
      while (!answers(name, System.nanoTime() > end)) {
        Checks.pause(PAUSE);
      }
    }
  }

  private boolean answers(String database, boolean isLast) {
    try {
      new ServiceDatabase(workplace, workplace.database(database)).ask("SELECT 1");
      return true;
    } catch (SyncException e) {
      if (isLast || e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Stops them, and archives their folders.
   *
   * @param id of the upgrade
   */
  List<Folder> archive(String id, Progress progress) {
    Path folder = Path.of(workplace.environment().backups().directory(), "upgrades", "data");
    List<Folder> archived = new ArrayList<>();
    for (Runbook.Image image : workplace.runbook().images()) {
      String path = image.data();
      if (path == null) {
        continue;
      }
      workplace.project().stop(List.of(image.service()));
      Path file = folder.resolve(id + "-" + image.service() + ENDING);
      makeRoom(folder, file);
      progress.at("files of " + image.service(), 0, 0);
      VolumeArchive.Info info =
          new VolumeArchive()
              .write(workplace.project().container(image.service()), path, file, progress);
      archived.add(new Folder(image.service(), path, file.toString(), info.bytes(), info.sha256()));
    }
    return archived;
  }

  /** Those of earlier upgrades can't be taken back any more; one that was cut off is made again. */
  private void makeRoom(Path folder, Path file) {
    String name = Pattern.quote(workplace.service().name()) + "_[0-9]{8}_[0-9]{6}-.*";
    try {
      PartFile.makeDirectories(folder);
      Files.deleteIfExists(file);
      String id = String.valueOf(file.getFileName()).replaceFirst("-.*", "");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path old : (Iterable<Path>) files::iterator) {
          String its = String.valueOf(old.getFileName());
          if (its.matches(name) && !its.startsWith(id)) {
            Files.delete(old);
          }
        }
      }
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not make room in " + folder + ": " + PartFile.reason(e),
          "",
          e);
    }
  }

  /** Brings the folders back; their containers are stopped. */
  List<String> restore(List<Folder> archived, Progress progress) {
    List<String> told = new ArrayList<>();
    for (Folder folder : archived) {
      progress.at("files of " + folder.service(), 0, 0);
      new VolumeArchive()
          .restore(
              workplace.project().container(folder.service()),
              folder.path(),
              Path.of(folder.file()),
              progress);
      told.add(folder.path() + " of " + folder.service());
    }
    return told;
  }

  private static Optional<String> server(DatabaseSettings database) {
    return Optional.ofNullable(database.container())
        .flatMap(it -> Optional.ofNullable(it.service()));
  }

  private static Optional<Finding> postgres(String service, String from, String to) {
    Optional<ImageReference> image = ImageReference.parse(to);
    if (image.isEmpty() || POSTGRES.stream().noneMatch(it -> image.get().isOf(it))) {
      return Optional.empty();
    }
    Optional<Versions> old =
        ImageReference.parse(from).flatMap(it -> Versions.of(it.effectiveTag()));
    Optional<Versions> next = Versions.of(image.get().effectiveTag());
    if (old.isPresent() && next.isPresent() && old.get().major() == next.get().major()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.refusal(
            "%s: another major version of PostgreSQL does not read the data folder of %s"
                .formatted(service, from),
            "Give the new version a server and a data folder of its own, and load a dump there;"
                + " minor versions are upgraded here"));
  }
}
