package io.travaso.cloning;

/**
 * A source's rows and structure in one file.
 *
 * @param file its path on the host it is on
 * @param source what is in it, its rows counted
 */
public record ClonePackage(String file, String sha256, long bytes, CloneSource source) {

  /** The same, in another place. */
  public ClonePackage at(String path) {
    return new ClonePackage(path, sha256, bytes, source);
  }
}
