package io.travaso.config;

import java.util.Optional;

/** Reads where backups are kept and for how long. */
final class BackupsReader {
  private static final int MOST_KEPT = 100_000;
  private static final int MOST_DAYS = 36_500;

  private BackupsReader() {}

  /**
   * What is under {@code backups}.
   *
   * @param owner the environment or service they are of
   * @param otherwise the folder where none is named
   */
  static Backups read(Section owner, HostPaths paths, String otherwise) {
    Optional<Section> section = owner.section("backups");
    String directory = section.flatMap(it -> it.text("directory")).orElse(otherwise);
    int keep = section.map(it -> it.number("keep", 10, 1, MOST_KEPT)).orElse(10);
    int days = section.map(it -> it.number("keep-days", 0, 1, MOST_DAYS)).orElse(0);
    section.ifPresent(Section::refuseUnknownKeys);
    return new Backups(
        paths.absolute(section.orElse(owner), "directory", directory),
        keep,
        days == 0 ? null : days);
  }
}
