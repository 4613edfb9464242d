package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.file.Arriving;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

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

  /** Removes what arrived of fixtures that were never sent to their end, after a day. */
  static void removeOldArrivals(Path directory, Instant now) {
    try {
      Arriving.removeOld(directory, now);
    } catch (IOException e) {
      throw SyncException.failed(
          "could not remove what is left of old transfers in "
              + directory
              + ": "
              + PartFile.reason(e),
          "Remove the files that end in .part there: they hold rows.");
    }
  }
}
