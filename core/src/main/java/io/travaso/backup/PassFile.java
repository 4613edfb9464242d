package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A password for libpq: a file 0600 in a folder 0700, which lives as long as the program that needs
 * it. Neither arguments nor environment show it to anybody.
 */
final class PassFile implements AutoCloseable {
  private static final Pattern FOLDER = Pattern.compile("travaso-pgpass-(\\d+)-.*");

  /** libpq reads the file when it connects: a minute later nobody needs it. */
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private final Path folder;

  private PassFile(Path folder) {
    this.folder = folder;
  }

  static PassFile of(Secret password) throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), password);
  }

  static PassFile in(Path temporary, Secret password) throws IOException {
    deleteStale(temporary);
    Path folder =
        Files.createTempDirectory(
            temporary,
            "travaso-pgpass-" + ProcessHandle.current().pid() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    PassFile passFile = new PassFile(folder);
    try {
      byte[] line = line(password).getBytes(StandardCharsets.UTF_8);
      PartFile.write(passFile.path(), 0600, out -> out.write(line));
      return passFile;
    } catch (IOException | SyncException e) {
      passFile.close();
      throw e;
    }
  }

  Path path() {
    return folder.resolve("pgpass");
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  /**
   * One line for every connection: only one program ever reads it. PostgreSQL's manual, "The
   * Password File": a colon or backslash within a field is escaped with a backslash.
   */
  private static String line(Secret password) {
    String text = password.reveal();
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw SyncException.configuration(
          "the database's password has a line break, which PostgreSQL's password file can't hold",
          "see whether the secret's source ends in a stray line, or choose another password");
    }
    return "*:*:*:*:" + text.replace("\\", "\\\\").replace(":", "\\:") + "\n";
  }

  /** Those of processes that were killed before they could delete theirs. */
  private static void deleteStale(Path temporary) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(temporary)) {
      folders = all.filter(PassFile::isStale).toList();
    }
    for (Path stale : folders) {
      try {
        delete(stale);
      } catch (AccessDeniedException e) {
        // Another user's, who deletes it himself.
      }
    }
  }

  private static boolean isStale(Path folder) {
    Matcher name = FOLDER.matcher(String.valueOf(folder.getFileName()));
    if (!name.matches() || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Instant written = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      return ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
          && written.isBefore(Instant.now().minus(IN_USE));
    } catch (IOException | NumberFormatException e) {
      // It has just been deleted, or it is none of ours.
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("pgpass"));
    Files.deleteIfExists(PartFile.partOf(folder.resolve("pgpass")));
    Files.deleteIfExists(folder);
  }
}
