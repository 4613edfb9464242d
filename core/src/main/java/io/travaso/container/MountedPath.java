package io.travaso.container;

import io.travaso.SyncException;
import java.util.Comparator;
import java.util.List;

/**
 * A folder of a container that lies in a volume, or in a folder of the host.
 *
 * @param path absolute, as the container sees it
 * @param mount the innermost that has it
 */
record MountedPath(String path, Mount mount) {

  static MountedPath of(Container container, String path) {
    String clean = path.length() > 1 ? path.replaceFirst("/+$", "") : path;
    if (!clean.startsWith("/") || List.of(clean.split("/", -1)).contains("..")) {
      throw SyncException.configuration(
          "the path " + path + " of the container " + container.name() + " is not absolute",
          "write it from / on");
    }
    Mount mount =
        container.mounts().stream()
            .filter(it -> contains(it.path(), clean))
            .filter(it -> it.type().equals("volume") || it.type().equals("bind"))
            .max(Comparator.comparingInt((Mount it) -> it.path().length()))
            .orElseThrow(() -> none(container, path));
    return new MountedPath(clean, mount);
  }

  private static SyncException none(Container container, String path) {
    List<String> mounts = container.mounts().stream().map(Mount::path).sorted().toList();
    return SyncException.refused(
        path
            + " of the container "
            + container.name()
            + " is in no volume: what is there is lost with the container",
        ComposeProject.nearest(path, mounts, "volumes"));
  }

  private static boolean contains(String mount, String path) {
    return path.equals(mount) || path.startsWith(mount.endsWith("/") ? mount : mount + "/");
  }

  /** What is mounted beneath it, which is not part of it. */
  List<String> beneath(Container container) {
    return container.mounts().stream()
        .map(Mount::path)
        .filter(it -> !it.equals(path) && contains(path, it))
        .sorted()
        .toList();
  }

  /**
   * The value of docker's {@code --mount}, a line of CSV. A volume that is mounted by its name is
   * never removed with the container.
   */
  String option(boolean readOnly) {
    return String.join(
        ",",
        "type=" + mount.type(),
        quoted("source=" + mount.source()),
        quoted("target=" + mount.path()),
        // Docker would fill an empty volume with what the image has at that place.
        mount.type().equals("volume") ? "volume-nocopy=true" : "bind-propagation=rprivate",
        "readonly=" + readOnly);
  }

  private static String quoted(String field) {
    boolean plain = field.indexOf(',') < 0 && field.indexOf('"') < 0;
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** Whether another container sees the same files, or some of them. */
  boolean isSharedWith(Container other) {
    return other.mounts().stream()
        .filter(it -> it.type().equals(mount.type()))
        .anyMatch(
            it ->
                it.type().equals("bind")
                    ? contains(it.source(), mount.source()) || contains(mount.source(), it.source())
                    : it.source().equals(mount.source()));
  }

  /** For people: {@code /data of app_web_1}. */
  String of(Container container) {
    return path + " of " + container.name();
  }
}
