package io.travaso.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files of this machine that appear whole or not at all: written beside their place as {@code
 * NAME.part}, brought to the disk, then renamed. The same steps serve everyone who keeps files.
 */
public final class PartFile {
  private static final int PRIVATE_FILE = 0600;

  private PartFile() {}

  /** Writes the content of a file that is being made. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The name under which a file is written. */
  public static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Writes a file; nothing is at its place before it is whole.
   *
   * @param mode its permissions, such as 0600
   * @return the SHA-256 of what was written
   */
  public static String write(Path target, int mode, Content content) throws IOException {
    return writeChecked(target, mode, null, content);
  }

  /** As {@link #write}; fails where the content's SHA-256 is not the expected one. */
  public static String writeChecked(
      Path target, int mode, @Nullable String expected, Content content) throws IOException {
    Path part = create(target);
    try {
      MessageDigest digest = Sha256.digest();
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
        content.writeTo(out);
        channel.force(true);
      }
      Files.setPosixFilePermissions(part, permissions(mode));
      String sha256 = Sha256.hex(digest);
      if (expected != null && !expected.equals(sha256)) {
        throw new FileSystemException(
            target.toString(), null, "what arrived differs from what was sent (SHA-256)");
      }
      settle(part, target, sha256);
      return sha256;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  public static void copy(Path source, Path target) throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      write(target, PRIVATE_FILE, in::transferTo);
    }
  }

  /** The empty part file of a target, mode 0600; one that a broken run left is replaced. */
  public static Path create(Path target) throws IOException {
    Path part = partOf(target);
    Files.deleteIfExists(part);
    return Files.createFile(part, PosixFilePermissions.asFileAttribute(permissions(PRIVATE_FILE)));
  }

  /** Reads the part back, and gives it its name when it is what was written. */
  public static void settle(Path part, Path target, String sha256) throws IOException {
    if (!Sha256.of(part).equals(sha256)) {
      throw new FileSystemException(
          target.toString(), null, "what was written differs from what is read back (SHA-256)");
    }
    rename(part, target);
  }

  /** Renames atomically, over an existing file; the new name is on the disk afterwards. */
  public static void rename(Path from, Path to) throws IOException {
    if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(to.toString(), null, "is a directory");
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path directory = to.toAbsolutePath().getParent();
    if (directory != null) {
      force(directory);
    }
  }

  /** Brings a file's bytes, or a directory's names, to the disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a directory and the parents it lacks, the new ones 0700. */
  public static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      makeDirectories(parent);
    }
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Why a file operation failed, where Java's exception carries nothing but the path. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException fs && fs.getReason() != null) {
      return fs.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 9; bit++) {
      text.append((mode & (0400 >> bit)) != 0 ? "rwx".charAt(bit % 3) : '-');
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
