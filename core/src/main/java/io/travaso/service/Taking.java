package io.travaso.service;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.backup.DumpTool;
import io.travaso.config.ServiceSettings;
import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.Volume;
import io.travaso.container.Container;
import io.travaso.container.VolumeArchive;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import io.travaso.service.Quiesced.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes one backup of a service, under its lock: check, hold still, dump and archive, go on, prove,
 * name.
 */
final class Taking {
  private final OpenService service;
  private final Premises premises;
  private final Progress progress;
  private final Quieting quieting;
  private final Map<String, DumpTool> tools = new HashMap<>();
  private final Map<String, VolumeArchive.Info> archived = new HashMap<>();
  private long heldMillis;

  Taking(OpenService service, Premises premises, Progress progress) {
    this.service = service;
    this.premises = premises;
    this.progress = progress;
    this.quieting = service.quieting();
  }

  /**
   * Takes a backup of a service that goes on when it was read. One that is held on purpose is read
   * as it stands, and stays so.
   *
   * @param leaveQuiesced whether it stays still when all went well
   */
  ServiceBackup run(BackupPurpose purpose, boolean leaveQuiesced) {
    check();
    boolean held = quieting.left().filter(it -> it.reason() == Reason.HELD).isPresent();
    if (held) {
      return make(purpose, true, this::read);
    }
    try {
      return make(purpose, leaveQuiesced, part -> hold(part, leaveQuiesced));
    } catch (RuntimeException e) {
      throw new Afterwards(quieting, progress).resumed(e);
    }
  }

  /** Takes a backup of a service whose writers are all stopped, and stay so. */
  ServiceBackup runStopped(BackupPurpose purpose) {
    return make(purpose, true, this::read);
  }

  private void check() {
    List<Finding> findings = new Checking(service).run();
    Finding.throwProblems("A backup of " + service.name() + " can't be taken", findings);
    findings.stream()
        .filter(it -> it.severity() == Finding.Severity.WARNING)
        .forEach(it -> progress.tells(it.line()));
  }

  private interface Reading {
    void into(Path part) throws IOException;
  }

  private ServiceBackup make(BackupPurpose purpose, boolean quiesced, Reading reading) {
    ServiceFolder folder = service.folder();
    for (String name : service.settings().databases().keySet()) {
      tools.put(name, service.database(name).dumpTool());
    }
    List<ServiceManifest.Image> images = images();
    Path part = folder.begin();
    boolean done = false;
    try {
      long sequence = folder.nextSequence();
      String takenAt = premises.clock().instant().toString();
      reading.into(part);
      ServiceSettings settings = service.settings();
      ServiceManifest manifest =
          new ServiceManifest(
              ManifestFile.VERSION,
              settings.name(),
              settings.environment(),
              purpose,
              sequence,
              takenAt,
              premises.toolVersion(),
              settings.compose(),
              Sha256.of(Path.of(settings.compose())),
              settings.profile(),
              images,
              databases(part),
              volumes(part),
              heldMillis);
      ServiceBackup backup = folder.finish(part, manifest, quiesced);
      done = true;
      return backup;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not take a backup of " + service.name() + ": " + PartFile.reason(e),
          "see the permissions and the free space of " + folder.directory(),
          e);
    } finally {
      if (!done) {
        folder.abandon(part);
      }
    }
  }

  /** Holds it still for as long as it is read. */
  private void hold(Path part, boolean leaveQuiesced) throws IOException {
    Quiesce how = service.settings().quiesce();
    if (!leaveQuiesced && how.equals(Quiesce.NONE)) {
      read(part);
      return;
    }
    long start = System.nanoTime();
    String why = leaveQuiesced ? "what comes after a backup" : "a backup";
    quieting.hold(leaveQuiesced ? Reason.HELD : Reason.READ, why, how);
    read(part);
    if (!leaveQuiesced) {
      quieting.resume(progress);
    }
    heldMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private List<ServiceManifest.Image> images() {
    List<ServiceManifest.Image> images = new ArrayList<>();
    for (String name : service.services()) {
      Optional<Container> container = service.project().find(name);
      container.ifPresent(
          it ->
              images.add(
                  new ServiceManifest.Image(
                      name, it.image(), it.imageId(), it.digest().orElse(null))));
    }
    return images;
  }

  private void read(Path part) throws IOException {
    for (String name : service.settings().databases().keySet()) {
      progress.at("dump of " + name, 0, 0);
      DumpTool tool = tool(name);
      Path file = part.resolve(FolderName.dump(name, tool.ending()));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      tool.dump(file);
    }
    for (Map.Entry<String, Volume> volume : service.settings().volumes().entrySet()) {
      progress.at("files of " + volume.getKey(), 0, 0);
      archived.put(
          volume.getKey(),
          new VolumeArchive()
              .write(
                  service.containerOf(volume.getValue()),
                  volume.getValue().path(),
                  part.resolve(FolderName.archive(volume.getKey())),
                  progress));
    }
  }

  private DumpTool tool(String database) {
    return Objects.requireNonNull(tools.get(database));
  }

  /** The dumps, each read in full. */
  private List<ServiceManifest.Database> databases(Path part) throws IOException {
    List<ServiceManifest.Database> databases = new ArrayList<>();
    for (String name : service.settings().databases().keySet()) {
      progress.at("proof of " + name, 0, 0);
      DumpTool tool = tool(name);
      Path file = part.resolve(FolderName.dump(name, tool.ending()));
      tool.prove(file);
      OpenDatabase open = service.database(name);
      databases.add(
          new ServiceManifest.Database(
              name,
              open.engine(),
              open.facts().version(),
              open.database(),
              String.valueOf(file.getFileName()),
              Files.size(file),
              Sha256.of(file),
              tool.toolVersion()));
    }
    return databases;
  }

  /** The archives, which were read in full when they were written. */
  private List<ServiceManifest.Volume> volumes(Path part) throws IOException {
    List<ServiceManifest.Volume> volumes = new ArrayList<>();
    for (Map.Entry<String, Volume> volume : service.settings().volumes().entrySet()) {
      VolumeArchive.Info info = Objects.requireNonNull(archived.get(volume.getKey()));
      Path file = part.resolve(FolderName.archive(volume.getKey()));
      volumes.add(
          new ServiceManifest.Volume(
              volume.getKey(),
              volume.getValue().service(),
              volume.getValue().path(),
              String.valueOf(file.getFileName()),
              info.files(),
              info.bytes(),
              info.sha256()));
    }
    return volumes;
  }
}
