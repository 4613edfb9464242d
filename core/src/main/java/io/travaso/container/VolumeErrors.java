package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.host.CommandResult;
import java.io.IOException;
import java.nio.file.Path;

/** What can go wrong with the archive of a volume. */
final class VolumeErrors {
  private VolumeErrors() {}

  /** The failure of a script. */
  static SyncException of(
      Container container, MountedPath place, String what, CommandResult result) {
    String name = place.of(container);
    if (VolumeScripts.hasChanged(result.errors())) {
      return new SyncException(
          SyncException.Kind.REFUSED,
          "could not " + what + ": files changed while they were read",
          "let what writes to it hold still (quiesce: stop or pause), then try again",
          DockerErrors.lines(result));
    }
    return switch (result.exitStatus()) {
      case VolumeScripts.NO_FOLDER ->
          SyncException.configuration(
              name + " is not a folder", "see path in the configuration's volumes");
      case VolumeScripts.NOT_EMPTIED ->
          new SyncException(
              SyncException.Kind.HOST,
              "could not " + what + ": what is there can't be removed",
              "a part of it may be gone: when the reason is, restore it again",
              DockerErrors.lines(result));
      default -> DockerErrors.of(what, container.docker().host().name(), result);
    };
  }

  static SyncException broken(Path file, String why) {
    return SyncException.failed(
        "the archive " + file + " can't be read to its end: " + why, "take another backup");
  }

  static SyncException noTar(Container container, MountedPath place, boolean gnu) {
    return SyncException.host(
        "can't restore %s: neither its image %s nor another one of its compose project has %s"
            .formatted(
                place.of(container),
                container.image(),
                gnu ? "GNU tar, which files with holes need" : "sh, find and tar"),
        "unpack the archive by hand into the volume " + place.mount().source());
  }

  static SyncException io(String what, IOException e) {
    return new SyncException(SyncException.Kind.HOST, what + ": " + PartFile.reason(e), "", e);
  }
}
