package io.travaso.service;

import io.travaso.SyncException;
import io.travaso.config.ServiceSettings;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where it is written down that a service holds still, beside its backups. */
final class StillFile {
  private final Path file;

  StillFile(ServiceSettings service) {
    this.file =
        Path.of(service.backups().directory(), ".travaso." + service.name() + ".quiesced.json");
  }

  /** What was written down; empty where the service goes on as ever. */
  Optional<Quiesced> read() {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ManifestFile.read(file, Quiesced.class));
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "a service may have been left holding still, and what was stopped can't be read: " + file,
          "start what does not run and should, then remove the file",
          e);
    }
  }

  void write(Quiesced still) {
    try {
      PartFile.makeDirectories(file.resolveSibling(""));
      ManifestFile.write(file, still);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("remove", e);
    }
  }

  private SyncException failed(String what, IOException e) {
    return new SyncException(
        SyncException.Kind.FAILED,
        "could not " + what + " " + file + ": " + PartFile.reason(e),
        "see the permissions and the free space of the folder",
        e);
  }
}
