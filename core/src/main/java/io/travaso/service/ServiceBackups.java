package io.travaso.service;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Place;
import io.travaso.config.ServiceSettings;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.file.PartFile;
import io.travaso.service.Quiesced.Reason;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The backups of the services of one environment, on that environment's own host. */
public final class ServiceBackups {
  private static final Comparator<ServiceBackup> NEWEST_FIRST =
      Comparator.comparing(ServiceBackups::takenAt).thenComparing(ServiceBackup::name).reversed();

  private final Premises premises;

  public ServiceBackups(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this.premises = new Premises(config, environment, surroundings, toolVersion, clock);
  }

  /** What a backup of a service needs: its containers, volumes, databases, rights and space. */
  public List<Finding> check(String service) {
    ServiceSettings settings = premises.service(service);
    List<Finding> findings = new ArrayList<>();
    new StillFile(settings).read().map(ServiceBackups::finding).ifPresent(findings::add);
    try (OpenService open = new OpenService(settings, premises)) {
      findings.addAll(new Checking(open).run());
    } catch (SyncException e) {
      findings.add(Finding.of(e));
    }
    for (ServiceBackup backup : new ServiceFolder(settings, premises.clock()).list()) {
      if (backup.broken() != null) {
        findings.add(
            Finding.warning(
                "%s: %s is no whole backup: %s".formatted(service, backup.name(), backup.broken()),
                "it is never used; remove it when you don't need it"));
      }
    }
    return findings;
  }

  private static Finding finding(Quiesced still) {
    String what =
        "%s holds still since %s for %s".formatted(still.service(), still.since(), still.why());
    return switch (still.reason()) {
      case READ -> Finding.failure(what, "let it go on: sync resume " + still.service());
      case HELD ->
          Finding.warning(what, "when that is over, let it go on: sync resume " + still.service());
      case REPLACED -> Finding.failure(what, "finish the restore, or restore another backup");
    };
  }

  /** Services that were left holding still, by a process that was killed or on purpose. */
  public List<Quiesced> quiesced() {
    return premises.services().stream().flatMap(it -> new StillFile(it).read().stream()).toList();
  }

  /**
   * Makes a service hold still as its {@code quiesce} says, until {@link #resume}; what holds still
   * already stays so. {@link #take} may follow, which then reads it as it stands.
   *
   * @param why for people
   */
  public Quiesced hold(String service, String why, Progress progress) {
    ServiceSettings settings = premises.service(service);
    return locked(
        settings,
        () -> {
          try (OpenService open = new OpenService(settings, premises)) {
            letGoOn(open, progress);
            try {
              open.quieting().hold(Reason.HELD, why, settings.quiesce());
            } catch (RuntimeException e) {
              throw new Afterwards(open.quieting(), progress).resumed(e);
            }
            return open.quieting().left().orElseThrow();
          }
        });
  }

  /**
   * Lets a service go on that was left holding still.
   *
   * @return the compose services that run again; none where nothing held still
   */
  public List<String> resume(String service, Progress progress) {
    ServiceSettings settings = premises.service(service);
    return locked(
        settings,
        () -> {
          Optional<Quiesced> left = new StillFile(settings).read();
          left.ifPresent(ServiceBackups::refuseReplaced);
          if (left.isEmpty()) {
            return List.of();
          }
          try (OpenService open = new OpenService(settings, premises)) {
            return open.quieting().resume(progress);
          }
        });
  }

  private static void refuseReplaced(Quiesced still) {
    if (still.reason() == Reason.REPLACED) {
      throw SyncException.refused(
          "%s was stopped in the middle of %s: its data may be half of each"
              .formatted(still.service(), still.why()),
          "restore one or the other: sync restore NAME");
    }
  }

  /** {@link #take(String, BackupPurpose, String, boolean, Progress)}, because somebody asked. */
  public ServiceBackup take(
      String service, @Nullable String place, boolean leaveQuiesced, Progress progress) {
    return take(service, BackupPurpose.MANUAL, place, leaveQuiesced, progress);
  }

  /**
   * Takes a backup: checks, makes the service hold still, dumps its databases and archives its
   * volumes, lets it go on, proves everything, then names it. A service that is held on purpose is
   * read as it stands, and stays so.
   *
   * @param place a second place to copy it to; null for none
   * @param leaveQuiesced whether the service stays still when all went well; {@link #resume} ends
   *     that
   * @throws SyncException of kind HOST where the backup is good and its copy failed
   */
  public ServiceBackup take(
      String service,
      BackupPurpose purpose,
      @Nullable String place,
      boolean leaveQuiesced,
      Progress progress) {
    ServiceSettings settings = premises.service(service);
    SecondPlace second = place == null ? null : second(place);
    return locked(
        settings,
        () -> {
          ServiceBackup backup;
          try (OpenService open = new OpenService(settings, premises)) {
            open.folder().deleteParts();
            letGoOn(open, progress);
            backup = new Taking(open, premises, progress).run(purpose, leaveQuiesced);
          }
          retain(settings, progress);
          return second == null ? backup : backup.copied(second.copy(backup, progress));
        });
  }

  /** What somebody who was killed has left holding still, when only its data were read. */
  private static void letGoOn(OpenService open, Progress progress) {
    Optional<Quiesced> left = open.quieting().left();
    left.ifPresent(ServiceBackups::refuseReplaced);
    if (left.filter(it -> it.reason() == Reason.READ).isPresent()) {
      progress.tells(open.name() + " was left holding still by a command that was cut off");
      open.quieting().resume(progress);
    }
  }

  private SecondPlace second(String name) {
    Place place = premises.config().places().get(name);
    if (place == null) {
      throw SyncException.configuration(
          "there is no place \"" + name + "\" in " + premises.config().file(),
          NearestName.of(name, premises.config().places().keySet())
              .map(nearest -> "did you mean \"" + nearest + "\"?")
              .orElse("describe it there, under `places`"));
    }
    return new SecondPlace(place, premises.surroundings());
  }

  /** Every backup of every service of the environment, newest first, the broken ones too. */
  public List<ServiceBackup> list() {
    List<ServiceBackup> all = new ArrayList<>();
    for (ServiceSettings service : premises.services()) {
      all.addAll(new ServiceFolder(service, premises.clock()).list());
    }
    all.sort(NEWEST_FIRST);
    return all;
  }

  private static String takenAt(ServiceBackup backup) {
    return backup.manifest() == null ? "" : backup.manifest().takenAt();
  }

  /** The backup of a service of a name, or of the only name that begins like this. */
  public ServiceBackup find(String name) {
    return BackupChoice.of(name, list(), List.of()).requireService();
  }

  private BackupChoice choose(String name) {
    return BackupChoice.of(name, list(), new OwnBackups(premises).list());
  }

  /**
   * Reads a backup in full, and restores its databases beside the real ones, where they are counted
   * and dropped again. Takes names of service backups and of the environment's own.
   */
  public Verified verify(String name, Progress progress) {
    BackupChoice choice = choose(name);
    if (choice.own() != null) {
      return new OwnBackups(premises).verify(choice.own(), progress);
    }
    ServiceBackup backup = choice.requireService();
    try (OpenService open = new OpenService(premises.service(backup.service()), premises)) {
      return new Verifying(open, progress).run(backup);
    }
  }

  /**
   * What {@link #restore} would replace.
   *
   * @param parts names of databases and volumes; null for all
   */
  public RestorePlan planRestore(String name, @Nullable List<String> parts) {
    BackupChoice choice = choose(name);
    if (choice.own() != null) {
      return new OwnBackups(premises).plan(choice.own(), parts);
    }
    ServiceBackup backup = choice.requireService();
    try (OpenService open = new OpenService(premises.service(backup.service()), premises)) {
      RestorePlan plan = new Selection(open, backup, parts).plan();
      refuseDamaged(backup);
      return plan;
    }
  }

  /** {@link #restore(String, List, RestoreMode, Progress)}, with a backup of the present. */
  public Restored restore(String name, @Nullable List<String> parts, Progress progress) {
    return restore(name, parts, RestoreMode.USUAL, progress);
  }

  /**
   * Replaces databases and volumes with a backup's. Takes names of service backups and of the
   * environment's own.
   *
   * @param parts names of databases and volumes; null for all
   */
  public Restored restore(
      String name, @Nullable List<String> parts, RestoreMode mode, Progress progress) {
    BackupChoice choice = choose(name);
    if (choice.own() != null) {
      planRestore(name, parts);
      return new OwnBackups(premises).restore(choice.own(), mode, progress);
    }
    ServiceBackup backup = choice.requireService();
    ServiceSettings settings = premises.service(backup.service());
    return locked(
        settings,
        () -> {
          try (OpenService open = new OpenService(settings, premises)) {
            open.folder().deleteParts();
            RestorePlan plan = new Selection(open, backup, parts).plan();
            progress.at("reading " + backup.name(), 0, backup.bytes());
            refuseDamaged(backup);
            return new Restoring(open, premises, mode, progress).run(backup, plan);
          }
        });
  }

  /** Reads all of it. */
  private static void refuseDamaged(ServiceBackup backup) {
    ServiceFolder.damage(backup)
        .ifPresent(
            why -> {
              throw backup.unusable(why);
            });
  }

  /**
   * Removes backups beyond what is to be kept; takes none.
   *
   * @param service null for all of the environment
   * @return the names of those removed
   */
  public List<String> prune(@Nullable String service) {
    List<ServiceSettings> services =
        service == null ? premises.services() : List.of(premises.service(service));
    List<String> removed = new ArrayList<>();
    for (ServiceSettings each : services) {
      removed.addAll(locked(each, () -> retain(each, Progress.SILENT)));
    }
    return removed;
  }

  private List<String> retain(ServiceSettings service, Progress progress) {
    ServiceFolder folder = new ServiceFolder(service, premises.clock());
    folder.deleteParts();
    List<String> removed = folder.retain();
    removed.forEach(it -> progress.tells("removed: " + it));
    return removed;
  }

  private <T> T locked(ServiceSettings service, Supplier<T> work) {
    ServiceFolder folder = new ServiceFolder(service, premises.clock());
    try (ServiceLock lock = folder.lock()) {
      return lock.during(work);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not let go of the lock in " + folder.directory() + ": " + PartFile.reason(e),
          "",
          e);
    }
  }
}
