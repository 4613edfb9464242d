package io.travaso.upgrade;

import io.travaso.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an upgrade would do; looked at without changing anything.
 *
 * @param from the tag now; the first one's where images have different ones
 * @param to the tag it is to have
 * @param images the compose services whose image changes
 * @param steps each with what it would run
 * @param findings of the preflight
 * @param backups the folder backups are kept in
 * @param freeBytes there; -1 where that is not known
 * @param lastBackup the newest whole backup of the service; null where there is none
 * @param lastBackupAt ISO-8601 in UTC
 * @param releaseNotes where they are; null where the runbook does not say
 * @param unfinished what is known of an upgrade that is not finished; null where there is none
 * @param nothingToDo whether the service has this tag and runs its image
 */
public record UpgradePlan(
    String service,
    String environment,
    String from,
    String to,
    List<Image> images,
    List<Step> steps,
    List<Finding> findings,
    String backups,
    long freeBytes,
    @Nullable String lastBackup,
    @Nullable String lastBackupAt,
    @Nullable String releaseNotes,
    @Nullable String unfinished,
    boolean nothingToDo) {

  public UpgradePlan {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /**
   * The image of a compose service.
   *
   * @param fromBytes the size of the image it runs; -1 where that is not known
   * @param toBytes the size of the new one; -1 where it is not on this host yet
   */
  public record Image(String service, String from, String to, long fromBytes, long toBytes) {}

  /**
   * A step.
   *
   * @param number from 1
   * @param runs what it would do, one thing a line; empty for a step that is skipped
   */
  public record Step(int number, String title, List<String> runs) {
    public Step {
      runs = List.copyOf(runs);
    }
  }
}
