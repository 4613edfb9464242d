package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.Runbook;
import io.travaso.config.RunbookCheck;
import io.travaso.container.Container;
import io.travaso.host.CommandResult;
import io.travaso.service.ServiceBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that must be right before an upgrade changes anything. */
final class Preflight {
  private final Workplace workplace;
  private final Programs programs;
  private final String tag;
  private final List<Finding> findings = new ArrayList<>();

  Preflight(Workplace workplace, Programs programs, String tag) {
    this.workplace = workplace;
    this.programs = programs;
    this.tag = tag;
  }

  /** All that was found, what is well and what is not. */
  List<Finding> look(TagEdit.Edited edited) {
    findings.addAll(edited.problems());
    guarded(() -> images(edited));
    edited.from().values().stream().distinct().forEach(this::version);
    guarded(() -> findings.addAll(new DataFolders(workplace).look(edited)));
    guarded(this::disk);
    guarded(this::lastBackup);
    guarded(() -> findings.addAll(workplace.backups().check(workplace.service().name())));
    workplace.runbook().preflight().checks().forEach(it -> guarded(() -> ask(it)));
    return findings.stream().distinct().toList();
  }

  /** One thing that can't be looked at must not hide the others. */
  private void guarded(Runnable look) {
    try {
      look.run();
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      findings.add(Finding.of(e));
    }
  }

  private void images(TagEdit.Edited edited) {
    for (Runbook.Image image : workplace.runbook().images()) {
      String service = image.service();
      String from = edited.from().get(service);
      Container container = workplace.project().container(service);
      if (from != null && !container.image().equals(from)) {
        findings.add(
            Finding.warning(
                "%s runs %s, the compose file says %s".formatted(service, container.image(), from),
                "The way back starts what the compose file says, from the image that runs now"));
      }
      workplace
          .project()
          .madeFromOthers(service)
          .ifPresent(
              made ->
                  findings.add(
                      Finding.refusal(
                          "%s was made from %s, and would be made anew from %s alone"
                              .formatted(
                                  service, made, String.join(",", workplace.project().files())),
                          "Merge what they say into one file, or make the container from it: docker"
                              + " compose up -d "
                              + service)));
      imageInOverride(service).ifPresent(findings::add);
      if (!container.isRunning()) {
        findings.add(
            Finding.failure(
                service + " does not run", "Start it, and see that it works, before upgrading it"));
      }
      String to = edited.to().get(service);
      if (!workplace.runbook().pull() && to != null && workplace.engine().image(to).isEmpty()) {
        findings.add(
            Finding.failure(
                "the image " + to + " is not on this host, and the runbook pulls none",
                "Make it, or take pull: never out of the runbook"));
      }
    }
  }

  /** The tag is changed in the compose file, which an override would outvote. */
  private Optional<Finding> imageInOverride(String service) {
    Optional<String> override = workplace.project().override();
    if (override.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(Path.of(override.get()));
      new ComposeYaml(override.get(), text).image(service);
      return Optional.of(
          Finding.refusal(
              "the image of " + service + " stands in " + override.get(),
              "Keep it in the compose file alone"));
    } catch (ComposeYaml.NoImage none) {
      // As it should be.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Finding.failure("could not read " + override.get(), "See its permissions"));
    }
  }

  private void version(String reference) {
    String now = ImageReference.parse(reference).map(ImageReference::effectiveTag).orElse("");
    Optional<Versions> from = Versions.of(now);
    Optional<Versions> to = Versions.of(tag);
    Integer most = workplace.runbook().preflight().majorSteps();
    if (from.isEmpty() || to.isEmpty()) {
      if (most != null) {
        findings.add(
            Finding.refusal(
                "how many major versions lie between %s and %s can't be told".formatted(now, tag),
                "Use tags that name a version; the runbook allows " + most + " at a time"));
      }
      return;
    }
    if (to.get().isBefore(from.get())) {
      findings.add(
          Finding.refusal(
              "%s is older than %s, and data are not brought back to an older version"
                  .formatted(tag, now),
              "To undo an upgrade use --rollback, or restore a backup"));
    }
    int steps = to.get().major() - from.get().major();
    if (most != null && steps > most) {
      findings.add(
          Finding.refusal(
              "from %s to %s are %d major versions, the runbook allows %d at a time"
                  .formatted(now, tag, steps, most),
              "Upgrade to major version " + (from.get().major() + most) + " first"));
    }
    if (!from.get().variant().equals(to.get().variant())) {
      findings.add(
          Finding.warning(
              "%s is another variant of the image than %s".formatted(tag, now),
              "See whether that is meant"));
    }
  }

  private void disk() {
    long needed = workplace.runbook().preflight().diskBytes();
    String folder = workplace.service().backups().directory();
    enough(folder, needed, "backups");
    CommandResult root = workplace.docker("info", "-f", "{{.DockerRootDir}}");
    if (root.succeeded() && Path.of(root.output().strip()).isAbsolute()) {
      enough(root.output().strip(), needed, "images");
    }
  }

  private void enough(String folder, long needed, String what) {
    Optional<Long> free = workplace.engine().host().freeBytes(folder);
    if (free.isPresent()) {
      String text = "%,d MB are free for %s in %s".formatted(free.get() >> 20, what, folder);
      findings.add(
          free.get() >= needed
              ? Finding.ok(text)
              : Finding.failure(
                  "%s, the runbook asks for %,d".formatted(text, needed >> 20), "Free some space"));
    }
  }

  private void lastBackup() {
    Duration limit = workplace.runbook().preflight().backupNotOlderThan();
    if (limit == null) {
      return;
    }
    Optional<ServiceBackup> last = newest(workplace);
    if (last.isEmpty()) {
      findings.add(
          Finding.refusal(
              workplace.service().name() + " has no backup yet",
              "Take one, and see that it can be restored: sync backup, sync verify"));
      return;
    }
    Instant taken = Instant.parse(last.get().contents().takenAt());
    Duration age = Duration.between(taken, workplace.clock().instant());
    findings.add(
        age.compareTo(limit) <= 0
            ? Finding.ok("the last backup, " + last.get().name() + ", is fresh enough")
            : Finding.refusal(
                "the last backup, %s, is %d hours old, the runbook allows %d"
                    .formatted(last.get().name(), age.toHours(), limit.toHours()),
                "Take one: sync backup " + workplace.service().name()));
  }

  /** The newest whole backup of the service. */
  static Optional<ServiceBackup> newest(Workplace workplace) {
    return workplace.backups().list().stream()
        .filter(it -> it.service().equals(workplace.service().name()))
        .filter(it -> it.broken() == null && it.manifest() != null)
        .findFirst();
  }

  private void ask(RunbookCheck check) {
    findings.add(
        programs
            .checks()
            .wrong(check)
            .map(
                why ->
                    Finding.refusal(
                        Told.of(check) + ": " + why.what(), String.join("; ", why.details())))
            .orElseGet(() -> Finding.ok(Told.of(check))));
  }
}
