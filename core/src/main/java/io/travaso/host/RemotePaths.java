package io.travaso.host;

import io.travaso.SyncException;

/** What every host asks of a path. */
final class RemotePaths {
  private RemotePaths() {}

  /** The absolute path, given the login's home. */
  static String absolute(String path, String home) {
    ShellQuoting.refuseNul(path);
    if (path.startsWith("~/")) {
      return home + path.substring(1);
    }
    if (path.startsWith("/")) {
      return path;
    }
    throw notAbsolute(path);
  }

  static SyncException notAbsolute(String path) {
    return SyncException.host(
        "the path " + path + " depends on where a program was started",
        "give a path that begins with / or with ~/");
  }

  /** The directory a path lies in; the root's is the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
