package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.container.Container;
import io.travaso.service.Quiesced.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup of a service, under its lock: build beside, stop, back up the present, replace,
 * go on. A failure before the first replacement leaves all as it was; one after it goes back with
 * the backup of the present.
 */
final class Restoring {
  private final OpenService service;
  private final Premises premises;
  private final RestoreMode mode;
  private final Progress progress;
  private final Quieting quieting;

  Restoring(OpenService service, Premises premises, RestoreMode mode, Progress progress) {
    this.service = service;
    this.premises = premises;
    this.mode = mode;
    this.progress = progress;
    this.quieting = service.quieting();
  }

  Restored run(ServiceBackup backup, RestorePlan plan) {
    Set<String> parts = new LinkedHashSet<>();
    plan.parts().forEach(it -> parts.add(it.name()));
    Optional<Quiesced> left = quieting.left();
    Reason reason = left.map(Quiesced::reason).orElse(Reason.READ);
    try (Replacing replacing = new Replacing(service, backup, parts, progress)) {
      replacing.load();
      long stopped = System.nanoTime();
      ServiceBackup before;
      try {
        before = stopAndBackUp(backup, reason);
      } catch (RuntimeException e) {
        throw left.isPresent() ? e : new Afterwards(quieting, progress).resumed(e);
      }
      replace(replacing, backup, before, reason, left.isPresent());
      List<String> started = List.of();
      if (mode.start()) {
        tellOfMaintenance();
        started = quieting.resume(progress);
      }
      return new Restored(
          backup.name(),
          backup.service(),
          plan.environment(),
          before == null ? null : before.name(),
          plan.parts(),
          started,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped));
    }
  }

  /** A service that did not run can't be asked to leave the mode its backup was taken in. */
  private void tellOfMaintenance() {
    boolean due = quieting.left().filter(Quiesced::commands).isPresent();
    if (!due && !service.settings().quiesce().after().isEmpty()) {
      progress.tells(
          service.name()
              + " did not run: when it is started, run what `quiesce.after` says, for its backup"
              + " may have been taken in maintenance mode");
    }
  }

  /** From here on nothing is written that the backup of the present does not hold. */
  private @Nullable ServiceBackup stopAndBackUp(ServiceBackup backup, Reason reason) {
    List<String> writers = service.writers();
    List<String> paused =
        writers.stream()
            .filter(it -> service.project().find(it).filter(Container::isPaused).isPresent())
            .toList();
    if (!paused.isEmpty()) {
      // Only what runs can be stopped; that it goes on at the end is written down already.
      service.project().unpause(paused);
    }
    // The backup was taken in maintenance mode, which may be one of the files that come back.
    quieting.hold(
        reason,
        "a restore of " + backup.name(),
        new Quiesce(writers, List.of(), List.of(), service.settings().quiesce().after()));
    Optional<ServiceBackup> first = keptBefore();
    if (first.isPresent()) {
      progress.tells("what was there before is in " + first.get().name());
      return first.get();
    }
    if (!mode.backupFirst()) {
      return null;
    }
    ServiceBackup present =
        new Taking(service, premises, progress).runStopped(BackupPurpose.PRE_RESTORE);
    quieting.noteBefore(present.name());
    return present;
  }

  /** What a restore that was cut off has kept: what is there now may be half of each. */
  private Optional<ServiceBackup> keptBefore() {
    return quieting
        .left()
        .filter(it -> it.reason() == Reason.REPLACED)
        .flatMap(it -> Optional.ofNullable(it.before()))
        .flatMap(
            name ->
                service.folder().list().stream()
                    .filter(it -> it.name().equals(name) && it.broken() == null)
                    .findFirst());
  }

  private void replace(
      Replacing replacing,
      ServiceBackup backup,
      @Nullable ServiceBackup before,
      Reason reason,
      boolean wasLeft) {
    String why =
        "a restore of "
            + backup.name()
            + (before == null ? "" : "; the state before it is " + before.name());
    quieting.note(Reason.REPLACED, why);
    try {
      replacing.replace();
    } catch (RuntimeException e) {
      throw back(e, replacing, before, reason, wasLeft);
    }
    quieting.note(mode.start() ? Reason.READ : Reason.HELD, why);
  }

  private RuntimeException back(
      RuntimeException failure,
      Replacing replacing,
      @Nullable ServiceBackup before,
      Reason reason,
      boolean wasLeft) {
    boolean interrupted = Thread.interrupted();
    try {
      List<String> touched = replacing.touched();
      if (!touched.isEmpty()) {
        if (before == null) {
          return halfWay(failure, null, touched, "");
        }
        try (Replacing back =
            new Replacing(service, before, new LinkedHashSet<>(touched), progress)) {
          back.load();
          back.replace();
        } catch (RuntimeException e) {
          return halfWay(failure, before, touched, ", and going back failed, too");
        }
        progress.tells("all is as it was: " + before.name() + " was put back");
      }
      quieting.note(reason, "a restore that failed");
      return wasLeft ? failure : new Afterwards(quieting, progress).resumed(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SyncException halfWay(
      RuntimeException failure, @Nullable ServiceBackup before, List<String> touched, String more) {
    List<String> details = new ArrayList<>();
    details.add(String.valueOf(failure.getMessage()));
    if (failure instanceof SyncException known) {
      details.addAll(known.details());
    }
    details.add("replaced, or half so: " + String.join(", ", touched));
    SyncException told =
        new SyncException(
            SyncException.Kind.FAILED,
            "the restore of " + service.name() + " failed half-way" + more + "; it stays stopped",
            before == null
                ? "see why, then restore it again, or another backup"
                : "see why, then go back to what was: sync restore " + before.name(),
            details);
    told.addSuppressed(failure);
    return told;
  }
}
