package io.travaso.cloning;

import io.travaso.Progress;

/** Puts what was taken from a source in the place of a whole database, on the target's host. */
public final class CloneImport {
  private final CloneSide side;

  public CloneImport(CloneSide side) {
    this.side = side;
  }

  /**
   * What cloning would do; nothing is written.
   *
   * @param source as {@link CloneExport#look} or the package has it
   * @throws io.travaso.SyncException with all that keeps it from being done
   */
  public ClonePlan plan(CloneSource source, Progress progress) {
    throw new UnsupportedOperationException("not yet: " + side);
  }

  /**
   * Builds the clone beside the target's database and swaps the two. A failure leaves the target as
   * it was. The caller has taken a backup.
   *
   * @param pack where it is on this host
   */
  public CloneResult run(ClonePackage pack, Progress progress) {
    throw new UnsupportedOperationException("not yet: " + side);
  }
}
