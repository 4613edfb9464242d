package io.travaso.container;

import io.travaso.Progress;
import java.nio.file.Path;

/**
 * Files of a container's volume in a {@code .tar.zst}: with owners, modes, times, symlinks, hard
 * links and holes.
 */
public final class VolumeArchive {

  /**
   * What an archive holds.
   *
   * @param files files, folders and links in it
   * @param bytes the size of the archive itself
   * @param sha256 of the archive, in hexadecimal
   */
  public record Info(long files, long bytes, String sha256) {}

  public VolumeArchive() {}

  /**
   * Archives what a container has at a path; read again in full before it counts. What is mounted
   * beneath the path is not in it.
   *
   * @param container stopped, or holding still: a file that changes meanwhile is refused
   * @param path a mount of the container, or a folder in one
   * @param file appears whole, readable by its owner only, or not at all
   */
  public Info write(Container container, String path, Path file, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** Reads every byte of an archive. Throws where it is cut, broken, or names a file outside. */
  public Info prove(Path file) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes what the container has at a path what the archive holds: everything else there is
   * removed, the volume itself never is. What is mounted beneath the path is left alone.
   *
   * @param stopped a container that does not run; one that does is refused
   * @param path a mount of the container, or a folder in one
   */
  public void restore(Container stopped, String path, Path file, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
