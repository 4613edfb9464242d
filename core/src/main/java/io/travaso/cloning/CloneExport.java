package io.travaso.cloning;

import io.travaso.Progress;
import java.nio.file.Path;

/** Takes a whole database out of its source, on the source's host. */
public final class CloneExport {
  private final CloneSide side;

  public CloneExport(CloneSide side) {
    this.side = side;
  }

  /**
   * What would be taken; nothing is written.
   *
   * @throws io.travaso.SyncException with all that keeps it from being taken
   */
  public CloneSource look(Progress progress) {
    throw new UnsupportedOperationException("not yet: " + side);
  }

  /**
   * Takes structure and rows, seen at one moment and masked, into one file that appears whole or
   * not at all.
   *
   * @param file ends in {@code .clone}
   */
  public ClonePackage run(Path file, Progress progress) {
    throw new UnsupportedOperationException("not yet: " + side);
  }
}
