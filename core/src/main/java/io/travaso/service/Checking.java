package io.travaso.service;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.SyncException;
import io.travaso.backup.DumpTool;
import io.travaso.config.ServiceSettings;
import io.travaso.config.ServiceSettings.Volume;
import io.travaso.container.Container;
import io.travaso.container.Mount;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at all that a service's backup needs, before anything holds still. */
final class Checking {
  /** A compressed dump holds no indexes; seen between a tenth and a third of the database. */
  private static final int DUMP_SHARE = 3;

  private static final Duration LOOK_LIMIT = Duration.ofMinutes(2);

  private final OpenService service;
  private final List<Finding> findings = new ArrayList<>();
  private long needed;

  Checking(OpenService service) {
    this.service = service;
  }

  /** What was found; a problem keeps a backup from being taken. */
  List<Finding> run() {
    attempt(this::names);
    if (findings.stream().anyMatch(Finding::isProblem)) {
      return findings;
    }
    ServiceSettings settings = service.settings();
    settings.databases().keySet().forEach(it -> attempt(() -> database(service.database(it))));
    settings.volumes().forEach((name, volume) -> attempt(() -> volume(name, volume)));
    attempt(this::space);
    attempt(this::still);
    return findings;
  }

  /** Roughly how many bytes a backup takes; known after {@link #run}. */
  long needed() {
    return needed;
  }

  private void attempt(Runnable look) {
    try {
      look.run();
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      Finding found = Finding.of(e);
      findings.add(
          new Finding(
              found.severity(), found.kind(), service.name() + ": " + found.what(), found.hint()));
    }
  }

  private void names() {
    List<String> known = service.services();
    for (String name : OpenService.named(service.settings())) {
      if (!known.contains(name)) {
        findings.add(
            Finding.problem(
                "%s: there is no service %s in %s"
                    .formatted(service.name(), name, service.settings().compose()),
                NearestName.of(name, known)
                    .map(nearest -> "did you mean \"" + nearest + "\"?")
                    .orElse("known are " + String.join(", ", known))));
      }
    }
  }

  private void database(OpenDatabase database) {
    DumpTool tool = database.dumpTool();
    tool.requireRights();
    needed += database.facts().databaseBytes() / DUMP_SHARE;
    ok(
        "the database %s, %s, %s, with %s"
            .formatted(
                database.name(),
                database.place(),
                told(database.facts().databaseBytes()),
                tool.toolVersion()));
  }

  private void volume(String name, Volume volume) {
    Container container = service.containerOf(volume);
    Path path = Path.of(volume.path());
    Optional<Mount> mount =
        container.mounts().stream().filter(it -> path.startsWith(Path.of(it.path()))).findFirst();
    if (mount.isEmpty() || mount.get().type().equals("tmpfs")) {
      findings.add(
          Finding.problem(
              "%s: %s of %s is in no volume: what is there goes with the container"
                  .formatted(service.name(), volume.path(), volume.service()),
              "name a folder that is mounted: "
                  + String.join(", ", container.mounts().stream().map(Mount::path).toList())));
      return;
    }
    long bytes = bytes(container, volume.path());
    needed += Math.max(0, bytes);
    ok(
        "the volume %s, %s of %s%s"
            .formatted(name, volume.path(), volume.service(), bytes < 0 ? "" : ", " + told(bytes)));
  }

  /** How large a folder in a container is; -1 where nobody in it can tell. */
  static long bytes(Container container, String path) {
    if (!container.isRunning() || container.isPaused()) {
      return -1;
    }
    try {
      Command look = container.exec(List.of("du", "-sk", path)).within(LOOK_LIMIT);
      CommandResult result = container.run(look);
      String first = result.output().strip().replaceFirst("\\s(?s).*", "");
      return first.matches("[0-9]{1,15}") ? Long.parseLong(first) * 1024 : -1;
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      // An image without du, or a tree that takes too long: the size is only an estimate's part.
      return -1;
    }
  }

  private void space() {
    Path directory = service.folder().directory();
    try (LocalHost host = new LocalHost()) {
      long free = host.freeBytes(directory.toString()).orElse(Long.MAX_VALUE);
      if (free < needed) {
        findings.add(
            Finding.failure(
                "%s: %s are free for backups in %s, about %s are needed"
                    .formatted(service.name(), told(free), directory, told(needed)),
                "free some space, or name another folder under its `backups`"));
      } else {
        ok(
            "backups go to %s, where about %s are needed and free"
                .formatted(directory, told(needed)));
      }
    }
  }

  private void still() {
    if (service.settings().quiesce().equals(ServiceSettings.Quiesce.NONE)
        && service.settings().databases().size() + service.settings().volumes().size() > 1) {
      findings.add(
          Finding.warning(
              service.name()
                  + ": nothing makes it hold still, so its parts may be of different"
                  + " moments",
              "say under `quiesce` what to stop, to pause or to run"));
    }
  }

  private void ok(String what) {
    findings.add(Finding.ok(service.name() + ": " + what));
  }

  private static String told(long bytes) {
    return bytes < 10 << 20
        ? String.format(Locale.ROOT, "%,d kB", bytes >> 10)
        : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
  }
}
