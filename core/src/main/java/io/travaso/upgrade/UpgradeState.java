package io.travaso.upgrade;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an upgrade, and its rollback, came; as it is kept on the service's host. Nothing secret
 * is in it. Times are ISO-8601 in UTC, by that host's clock.
 *
 * @param version of this description
 * @param id of the upgrade: {@code nextcloud_20261121_030000}
 * @param compose the project's compose file, absolute
 * @param from the tag before; the first one's where images had different ones
 * @param to the tag it is to have
 * @param images the compose services whose image changes
 * @param status where it stands
 * @param steps those that were begun, in order
 * @param rollback the steps of the way back that were begun, in order
 * @param backup the name of the backup of the old version; null before it was taken
 * @param folders archives of what an older image can't read when a newer one had it
 * @param stopped the compose services that ran before and hold still meanwhile
 * @param edited the files in which the tag was changed
 * @param runbook its YAML, as it was when the upgrade began
 * @param openedAt from when on users may have written to the new version; null before
 * @param error what failed last; null where nothing did
 * @param errorTail the end of what the program that failed wrote, without secrets
 */
public record UpgradeState(
    int version,
    String id,
    String service,
    String environment,
    String toolVersion,
    String compose,
    @Nullable String profile,
    String from,
    String to,
    List<Image> images,
    Status status,
    List<Step> steps,
    List<Step> rollback,
    @Nullable String backup,
    List<Folder> folders,
    List<String> stopped,
    List<EditedFile> edited,
    String runbook,
    String startedAt,
    @Nullable String finishedAt,
    @Nullable String openedAt,
    @Nullable String error,
    List<String> errorTail) {

  /** Of this description. */
  public static final int VERSION = 1;

  public UpgradeState {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    rollback = List.copyOf(rollback);
    folders = List.copyOf(folders);
    stopped = List.copyOf(stopped);
    edited = List.copyOf(edited);
    errorTail = List.copyOf(errorTail);
  }

  /** Where an upgrade stands. */
  public enum Status {
    /** There was nothing to do: the service has the tag and runs its image. Never kept. */
    UNCHANGED,
    /** It was begun, and is running or was interrupted. */
    BEGUN,
    /** A step failed. */
    FAILED,
    DONE,
    /** The way back was begun, and is running, was interrupted or failed. */
    ROLLING_BACK,
    ROLLED_BACK
  }

  /** What is known of a step. */
  public enum Mark {
    BEGUN,
    DONE,
    FAILED,
    /** There was nothing to do in it. */
    SKIPPED
  }

  /**
   * A step that was begun.
   *
   * @param name of {@link UpgradeStep} or {@link RollbackStep}
   * @param endedAt null while nothing says how it ended
   */
  public record Step(String name, Mark mark, String startedAt, @Nullable String endedAt) {
    /** Whether there is nothing left to do in it. */
    boolean isOver() {
      return mark == Mark.DONE || mark == Mark.SKIPPED;
    }
  }

  /**
   * The image of a compose service.
   *
   * @param from as in the compose file before: {@code nextcloud:27-apache}
   * @param to as in the compose file afterwards
   * @param fromId the image that ran: {@code sha256:…}
   * @param fromDigest by which a registry has it; null for an image made on this host
   * @param toId null before it was pulled
   */
  public record Image(
      String service,
      String from,
      String to,
      String fromId,
      @Nullable String fromDigest,
      @Nullable String toId,
      @Nullable String toDigest) {}

  /**
   * A folder of a container that was archived while that was stopped.
   *
   * @param service the compose service
   * @param path inside its container
   * @param file the archive on this host
   */
  public record Folder(String service, String path, String file, long bytes, String sha256) {}

  /**
   * A file in which the tag was changed.
   *
   * @param backup the file beside it that has the bytes from before
   * @param sha256Before of its bytes
   */
  public record EditedFile(String file, String backup, String sha256Before, String sha256After) {}

  /** Whether it was begun and is neither done nor rolled back. */
  public boolean isUnfinished() {
    return status == Status.BEGUN || status == Status.FAILED || status == Status.ROLLING_BACK;
  }

  /** What is known of a step of the upgrade; empty where it was never begun. */
  public Optional<Step> step(UpgradeStep step) {
    return steps.stream().filter(it -> it.name().equals(step.name())).findFirst();
  }

  /** Whether a step of the upgrade was begun, however it ended. */
  boolean begun(UpgradeStep step) {
    return step(step).filter(it -> it.mark() != Mark.SKIPPED).isPresent();
  }

  /** Whether a step of the upgrade is behind it. */
  boolean done(UpgradeStep step) {
    return step(step).filter(Step::isOver).isPresent();
  }

  /** Whether a program of the new version may have changed data. */
  boolean hasTouchedData() {
    return begun(UpgradeStep.MIGRATE) || openedAt != null;
  }

  /** Whether the service may go on as before it: nothing of the new version ran. */
  public boolean leavesOld() {
    return status != Status.ROLLING_BACK && !hasTouchedData();
  }

  /** What can be done about it while it is not finished. */
  public String whatNow() {
    String back = "sync upgrade " + service + " --rollback";
    if (status == Status.ROLLING_BACK) {
      return "Finish the way back: " + back;
    }
    return begun(UpgradeStep.MIGRATE) && !done(UpgradeStep.MIGRATE)
        ? "A migration that did not end is never run again. Go back: " + back
        : "Go on with it: sync upgrade %s --to %s, or go back: %s".formatted(service, to, back);
  }

  /** When the new version was stopped because it did not work; empty where it runs. */
  Optional<String> closedAt() {
    return status != Status.FAILED || begun(UpgradeStep.AFTER)
        ? Optional.empty()
        : steps.stream()
            .filter(it -> it.mark() == Mark.FAILED)
            .flatMap(it -> Optional.ofNullable(it.endedAt()).stream())
            .findFirst();
  }

  /** Where it stands, in one sentence. */
  public String standing() {
    List<Step> all = rollback.isEmpty() ? steps : rollback;
    String last =
        all.isEmpty()
            ? ""
            : ": "
                + all.get(all.size() - 1).name().toLowerCase(Locale.ROOT)
                + " "
                + all.get(all.size() - 1).mark().name().toLowerCase(Locale.ROOT);
    String what = status == Status.ROLLING_BACK ? "the way back from " : "the upgrade from ";
    return what + from + " to " + to + " that began at " + startedAt + last;
  }
}
