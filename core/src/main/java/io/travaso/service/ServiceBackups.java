package io.travaso.service;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The backups of the services of one environment, on that environment's own host. */
public final class ServiceBackups {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;

  public ServiceBackups(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  /** What a backup of a service needs: its containers, volumes, databases, rights and space. */
  public List<Finding> check(String service) {
    throw new UnsupportedOperationException();
  }

  /** Services that were left holding still, by a process that was killed or on purpose. */
  public List<Quiesced> quiesced() {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a service hold still as its {@code quiesce} says, until {@link #resume}; what holds still
   * already stays so. {@link #take} may follow, which then leaves it as it is.
   *
   * @param why for people
   */
  public Quiesced hold(String service, String why, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets a service go on that was left holding still.
   *
   * @return the compose services that run again; none where nothing held still
   */
  public List<String> resume(String service, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** {@link #take(String, BackupPurpose, String, boolean, Progress)}, because somebody asked. */
  public ServiceBackup take(
      String service, @Nullable String place, boolean leaveQuiesced, Progress progress) {
    return take(service, BackupPurpose.MANUAL, place, leaveQuiesced, progress);
  }

  /**
   * Takes a backup: checks, makes the service hold still, dumps its databases and archives its
   * volumes, lets it go on, proves everything, then names it.
   *
   * @param place a second place to copy it to; null for none
   * @param leaveQuiesced whether the service stays still when all went well; {@link #resume} ends
   *     that
   * @throws io.travaso.SyncException of kind HOST where the backup is good and its copy failed
   */
  public ServiceBackup take(
      String service,
      BackupPurpose purpose,
      @Nullable String place,
      boolean leaveQuiesced,
      Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** Every backup of every service of the environment, newest first, the broken ones too. */
  public List<ServiceBackup> list() {
    throw new UnsupportedOperationException();
  }

  /** The backup of a name, or of the only name that begins like this. */
  public ServiceBackup find(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a backup in full, and restores its databases beside the real ones, where they are counted
   * and dropped again. Takes names of service backups and of the environment's own.
   */
  public Verified verify(String name, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * What {@link #restore} would replace.
   *
   * @param parts names of databases and volumes; null for all
   */
  public RestorePlan planRestore(String name, @Nullable List<String> parts) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /**
   * Removes backups beyond what is to be kept; takes none.
   *
   * @param service null for all of the environment
   * @return the names of those removed
   */
  public List<String> prune(@Nullable String service) {
    throw new UnsupportedOperationException();
  }
}
