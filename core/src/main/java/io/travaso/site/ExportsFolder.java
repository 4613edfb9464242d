package io.travaso.site;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder where fixtures are, on this machine. */
final class ExportsFolder {
  private ExportsFolder() {}

  /** Makes it, closed to others, where it is missing. */
  static void create(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Making the folder " + directory + " failed: " + e.getMessage(),
          "Name another one under `exports`.",
          e);
    }
  }
}
