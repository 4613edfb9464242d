package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.ServiceSettings.Volume;
import io.travaso.container.VolumeArchive;
import io.travaso.restore.Beside;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a backup's databases and volumes in the place of those a service has. Nothing is touched
 * before {@link #replace}.
 */
final class Replacing implements AutoCloseable {
  private final OpenService service;
  private final ServiceBackup backup;
  private final Set<String> parts;
  private final Progress progress;
  private final Map<String, Beside> beside = new LinkedHashMap<>();
  private final List<String> touched = new ArrayList<>();

  /**
   * @param parts the names of databases and volumes to replace
   */
  Replacing(OpenService service, ServiceBackup backup, Set<String> parts, Progress progress) {
    this.service = service;
    this.backup = backup;
    this.parts = parts;
    this.progress = progress;
  }

  /** Builds every database beside the one it will replace. */
  void load() {
    for (ServiceManifest.Database dump : backup.contents().databases()) {
      if (parts.contains(dump.name())) {
        progress.at("loading " + dump.name(), 0, dump.bytes());
        Beside made =
            service.database(dump.name()).whole(progress).disconnectingOthers().create("restore");
        beside.put(dump.name(), made);
        made.load(Path.of(backup.directory(), dump.file()));
      }
    }
  }

  /** Replaces: the databases, of which each does so at once, then the volumes. */
  void replace() {
    beside.forEach(
        (name, made) -> {
          progress.at("replacing " + name, 0, 0);
          made.swap();
          touched.add(name);
        });
    for (ServiceManifest.Volume archive : backup.contents().volumes()) {
      if (parts.contains(archive.name())) {
        progress.at("replacing " + archive.name(), 0, archive.bytes());
        restore(archive);
      }
    }
  }

  private void restore(ServiceManifest.Volume archive) {
    Volume volume = service.volume(archive.name());
    touched.add(archive.name());
    try {
      new VolumeArchive()
          .restore(
              service.containerOf(volume),
              volume.path(),
              Path.of(backup.directory(), archive.file()),
              progress);
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.REFUSED) {
        // Somebody uses the volume: nothing was done to it.
        touched.remove(archive.name());
      }
      throw e;
    }
  }

  /** What is no longer as it was; a volume may be half of each. */
  List<String> touched() {
    return List.copyOf(touched);
  }

  /** Drops what is left over, the new databases or the old ones. */
  @Override
  public void close() {
    SyncException failure = null;
    for (Beside made : beside.values()) {
      try {
        made.close();
      } catch (SyncException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
