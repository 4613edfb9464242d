package io.travaso.service;

/**
 * How a restore goes about it.
 *
 * @param backupFirst whether the present is backed up before
 * @param start whether what ran before is started again at the end; where it is not, the containers
 *     stay stopped
 */
public record RestoreMode(boolean backupFirst, boolean start) {
  /** With a backup of the present, and all running again. */
  public static final RestoreMode USUAL = new RestoreMode(true, true);
}
