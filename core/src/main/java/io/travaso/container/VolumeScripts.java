package io.travaso.container;

/** What runs inside a throw-away container, as {@code sh -c SCRIPT sh PATH}. */
final class VolumeScripts {
  static final int NO_FOLDER = 3;
  static final int NOT_EMPTIED = 4;

  private static final String CHANGED = "file changed as we read it";

  /**
   * Attributes of files: those that programs set, and capabilities; not those of SELinux, which are
   * the host's.
   */
  private static final String ATTRIBUTES =
      "--acls --xattrs --xattrs-include='user.*' --xattrs-include=security.capability";

  private VolumeScripts() {}

  /** GNU tar says itself, by status 1, when a file changes while it is read. */
  static String write(boolean gnu) {
    if (gnu) {
      return """
      cd "$1" || exit 3
      exec tar --create --file=- --format=posix --pax-option=delete=atime,delete=ctime \
      --sparse --numeric-owner %s .
      """
          .formatted(ATTRIBUTES);
    }
    // Others don't, so the files' times are compared.
    return """
    cd "$1" || exit 3
    state() { find . -exec stat -c '%%n %%s %%z' {} + | sort | md5sum; }
    before=$(state) || exit 3
    tar -c -f - . || exit $?
    [ "$(state)" = "$before" ] || { echo "tar: %s" >&2; exit 1; }
    """
        .formatted(CHANGED);
  }

  /** Whether a script ended since something changed. */
  static boolean hasChanged(String errors) {
    return errors.contains(CHANGED)
        || errors.contains("File removed before we read it")
        || errors.contains("file shrank by");
  }

  /** The volume stays, whatever was in it goes. Busybox's find may not know -delete. */
  static String restore(boolean gnu) {
    String begin =
        """
        mkdir -p "$1" && cd "$1" || exit 3
        find . -mindepth 1 -maxdepth 1 -exec rm -rf -- {} + || exit 4
        """;
    if (gnu) {
      return begin
          + """
          exec tar --extract --file=- --preserve-permissions --same-owner --numeric-owner \
          --delay-directory-restore %s
          """
              .formatted(ATTRIBUTES);
    }
    return begin
        + """
        tar --help 2>&1 | grep -q -e --numeric-owner && numeric=--numeric-owner
        exec tar -x -p $numeric -f -
        """;
  }
}
