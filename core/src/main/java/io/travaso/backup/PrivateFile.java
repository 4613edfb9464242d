package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file with a secret for another program: 0600 in a folder 0700, which lives as long as the
 * program that needs it. Neither arguments nor environment show it to anybody.
 */
final class PrivateFile implements AutoCloseable {
  private static final Pattern FOLDER = Pattern.compile("travaso-(pgpass|mycnf|env)-(\\d+)-.*");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The programs read it when they connect: a minute later nobody needs it. */
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private final Path file;

  private PrivateFile(Path file) {
    this.file = file;
  }

  /** Where such files are made. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /**
   * Writes a file, and deletes what processes that were killed have left.
   *
   * @param name the file's own name, {@code pgpass}, {@code mycnf} or {@code env}
   */
  static PrivateFile write(Path temporary, String name, String content) throws IOException {
    deleteStale(temporary);
    Path folder =
        Files.createTempDirectory(
            temporary,
            "travaso-" + name + "-" + ProcessHandle.current().pid() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    PrivateFile written = new PrivateFile(folder.resolve(name));
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      PartFile.write(written.file, 0600, out -> out.write(bytes));
      written.requirePrivate();
      return written;
    } catch (IOException | SyncException e) {
      written.close();
      throw e;
    }
  }

  /** MariaDB's programs pass over a file that others may write to, and connect as somebody else. */
  private void requirePrivate() throws IOException {
    if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
      throw new IOException("the folder for temporary files keeps no permissions: " + file);
    }
  }

  Path path() {
    return file;
  }

  @Override
  public void close() throws IOException {
    delete(file);
  }

  /** Those of processes that were killed before they could delete theirs. */
  private static void deleteStale(Path temporary) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(temporary)) {
      folders = all.toList();
    }
    for (Path folder : folders) {
      Matcher name = FOLDER.matcher(String.valueOf(folder.getFileName()));
      if (name.matches() && isStale(folder, name.group(2))) {
        try {
          delete(folder.resolve(name.group(1)));
        } catch (AccessDeniedException e) {
          // Another user's, who deletes it himself.
        }
      }
    }
  }

  private static boolean isStale(Path folder, String process) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Instant written = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      return ProcessHandle.of(Long.parseLong(process)).isEmpty()
          && written.isBefore(Instant.now().minus(IN_USE));
    } catch (IOException | NumberFormatException e) {
      // It has just been deleted, or it is none of ours.
      return false;
    }
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(PartFile.partOf(file));
    Files.deleteIfExists(file.resolveSibling(""));
  }
}
