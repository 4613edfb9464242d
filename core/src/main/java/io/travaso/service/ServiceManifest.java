package io.travaso.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service's backup says about itself, {@code manifest.json}. Nothing secret is in it.
 *
 * @param version of this description
 * @param sequence its place in the order of taking, which a clock that was set back does not change
 * @param takenAt by the clock of the service's host, ISO-8601 in UTC
 * @param compose the project's compose file, absolute
 * @param composeSha256 of that file when the backup was taken
 * @param images of the project's containers
 * @param heldMillis how long the service held still
 */
public record ServiceManifest(
    int version,
    String service,
    String environment,
    BackupPurpose purpose,
    long sequence,
    String takenAt,
    String toolVersion,
    String compose,
    String composeSha256,
    @Nullable String profile,
    List<Image> images,
    List<Database> databases,
    List<Volume> volumes,
    long heldMillis) {

  public ServiceManifest {
    images = List.copyOf(images);
    databases = List.copyOf(databases);
    volumes = List.copyOf(volumes);
  }

  /**
   * The image a service of the project ran.
   *
   * @param image as it stood in the compose file: {@code nextcloud:27-apache}
   * @param id of the image on that host
   * @param digest by which a registry has it; null for an image made there
   */
  public record Image(String service, String image, String id, @Nullable String digest) {}

  /**
   * A database's dump.
   *
   * @param name as the configuration calls it
   * @param database as its server calls it
   * @param file beside the manifest
   * @param tool that took it, and its version
   */
  public record Database(
      String name,
      String engine,
      String serverVersion,
      String database,
      String file,
      long bytes,
      String sha256,
      String tool) {}

  /**
   * A volume's archive.
   *
   * @param name as the configuration calls it
   * @param service whose container had it
   * @param path inside that container
   * @param file beside the manifest
   * @param files how many entries it holds
   * @param bytes of the archive
   */
  public record Volume(
      String name,
      String service,
      String path,
      String file,
      long files,
      long bytes,
      String sha256) {}
}
