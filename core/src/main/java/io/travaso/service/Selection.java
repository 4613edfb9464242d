package io.travaso.service;

import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.ServiceSettings;
import io.travaso.container.Container;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parts of a backup replace which parts of a service as it is configured now. */
final class Selection {
  private final OpenService service;
  private final ServiceBackup backup;
  private final Set<String> parts;

  /**
   * Checks that every part has its place.
   *
   * @param wanted names of databases and volumes; null for all of the backup
   */
  Selection(OpenService service, ServiceBackup backup, @Nullable List<String> wanted) {
    this.service = service;
    this.backup = backup;
    List<String> known = known(backup.contents());
    this.parts = new LinkedHashSet<>(wanted == null ? known : wanted);
    for (String part : parts) {
      if (!known.contains(part)) {
        throw SyncException.configuration(
            "there is no " + part + " in the backup " + backup.name(),
            NearestName.of(part, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("it holds " + String.join(", ", known)));
      }
    }
  }

  private static List<String> known(ServiceManifest manifest) {
    List<String> known = new ArrayList<>();
    manifest.databases().forEach(it -> known.add(it.name()));
    manifest.volumes().forEach(it -> known.add(it.name()));
    return known;
  }

  /** The database of the configuration that a dump is of. */
  static OpenDatabase database(OpenService service, ServiceManifest.Database dump) {
    DatabaseSettings given = service.settings().databases().get(dump.name());
    if (given == null || !given.engine().equals(dump.engine())) {
      throw SyncException.refused(
          "the backup holds a %s database %s, and %s has none of that name"
              .formatted(dump.engine(), dump.name(), service.name()),
          "describe it under services." + service.name() + ".databases");
    }
    return service.database(dump.name());
  }

  RestorePlan plan() {
    ServiceManifest manifest = backup.contents();
    ServiceSettings settings = service.settings();
    List<RestorePlan.Part> replaced = new ArrayList<>();
    for (ServiceManifest.Database dump : manifest.databases()) {
      if (parts.contains(dump.name())) {
        OpenDatabase database = database(service, dump);
        replaced.add(
            new RestorePlan.Part(
                "database",
                dump.name(),
                database.place(),
                dump.bytes(),
                database.facts().databaseBytes()));
      }
    }
    for (ServiceManifest.Volume archive : manifest.volumes()) {
      if (parts.contains(archive.name())) {
        ServiceSettings.Volume volume = settings.volumes().get(archive.name());
        if (volume == null) {
          throw SyncException.refused(
              "the backup holds a volume %s, and %s has none of that name"
                  .formatted(archive.name(), service.name()),
              "describe it under services." + service.name() + ".volumes");
        }
        Container container = service.containerOf(volume);
        replaced.add(
            new RestorePlan.Part(
                "volume",
                archive.name(),
                volume.path() + " of " + volume.service(),
                archive.bytes(),
                Checking.bytes(container, volume.path())));
      }
    }
    return new RestorePlan(
        backup.name(),
        backup.service(),
        manifest.environment(),
        manifest.takenAt(),
        replaced,
        stops(),
        notes(manifest));
  }

  private List<String> stops() {
    return service.writers().stream()
        .filter(it -> service.project().find(it).filter(Container::isRunning).isPresent())
        .toList();
  }

  private List<String> notes(ServiceManifest manifest) {
    List<String> notes = new ArrayList<>();
    for (String part : known(manifest)) {
      if (!parts.contains(part)) {
        notes.add(part + " stays as it is now, whatever the rest is");
      }
    }
    for (ServiceManifest.Image then : manifest.images()) {
      service
          .project()
          .find(then.service())
          .filter(now -> !now.imageId().equals(then.id()))
          .ifPresent(
              now ->
                  notes.add(
                      then.service()
                          + (now.image().equals(then.image())
                              ? " ran another image of the name " + then.image()
                              : " ran " + then.image() + " then, and is " + now.image() + " now")));
    }
    if (!Objects.equals(manifest.compose(), service.settings().compose())) {
      notes.add("its project was " + manifest.compose() + " then");
    }
    return notes;
  }
}
