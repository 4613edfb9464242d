package io.travaso.service;

import io.travaso.SyncException;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a service: a folder with dumps, archives and a manifest.
 *
 * @param name the folder's name, by which people choose it: {@code nextcloud_20261121_030000}
 * @param directory the folder, absolute
 * @param bytes of all its files
 * @param broken why it can't be used; null when nothing is known against it
 * @param manifest what it holds; null when that can't be read
 * @param copiedTo the second place it was just copied to, for people; null when it was not
 * @param quiesced whether the service was left holding still
 */
public record ServiceBackup(
    String name,
    String directory,
    String service,
    long bytes,
    @Nullable String broken,
    @Nullable ServiceManifest manifest,
    @Nullable String copiedTo,
    boolean quiesced) {

  ServiceBackup leftStill(boolean still) {
    return new ServiceBackup(name, directory, service, bytes, broken, manifest, copiedTo, still);
  }

  ServiceBackup copied(String place) {
    return new ServiceBackup(name, directory, service, bytes, broken, manifest, place, quiesced);
  }

  /** What it holds; a backup that is broken is a {@code FAILED} error. */
  public ServiceManifest contents() {
    if (manifest == null || broken != null) {
      throw unusable(broken == null ? "it has no manifest" : broken);
    }
    return manifest;
  }

  SyncException unusable(String why) {
    return SyncException.failed(
        "the backup " + name + " is broken: " + why,
        "choose another backup: sync backups shows them");
  }
}
