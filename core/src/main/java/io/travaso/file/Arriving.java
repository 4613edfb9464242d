package io.travaso.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A file that arrives from elsewhere, perhaps in more than one attempt. What has arrived of it is
 * known by its content: it lies beside the file's place as {@code SHA256.part}, the SHA-256 being
 * that of the whole, so that any attempt at the same content finds it, whatever the file is called.
 */
public final class Arriving {
  private static final Pattern PART = Pattern.compile("[0-9a-f]{64}\\.part");
  private static final Duration KEPT = Duration.ofDays(1);

  private final Path target;
  private final Path part;
  private final String sha256;
  private MessageDigest digest = Sha256.digest();
  private long bytes;

  public Arriving(Path target, String sha256) {
    this.target = target;
    this.part = target.resolveSibling(partName(sha256));
    this.sha256 = sha256;
  }

  /** What that which has arrived of a content is called, on any host. */
  public static String partName(String sha256) {
    return sha256 + ".part";
  }

  /** Says what SHA-256 so many bytes of the file have where it comes from. */
  public interface Origin {
    String sha256(long bytes) throws IOException;
  }

  /** Takes the rest of the file, from a place on. */
  public interface Rest {
    void writeTo(OutputStream out, long from) throws IOException;
  }

  /**
   * Looks at what is there, and throws it away where it is not how the file begins.
   *
   * @param whole the size of the file
   * @return how much there is to go on with
   */
  public long lookAt(long whole, Origin origin) throws IOException {
    if (Files.isRegularFile(part, NOFOLLOW_LINKS) && Files.size(part) > 0) {
      long size = Files.size(part);
      MessageDigest begin = Sha256.digest();
      try (FileChannel channel = FileChannel.open(part, READ, NOFOLLOW_LINKS)) {
        update(begin, Channels.newInputStream(channel), size);
      }
      if (size <= whole && Sha256.hex(copyOf(begin)).equals(origin.sha256(size))) {
        digest = begin;
        bytes = size;
        return bytes;
      }
    }
    forget();
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return 0;
  }

  /** Lets the rest arrive, and gives the file its name when it is the one that was announced. */
  public void complete(Rest rest) throws IOException {
    try (FileChannel channel = FileChannel.open(part, WRITE, NOFOLLOW_LINKS)) {
      channel.position(bytes);
      rest.writeTo(new DigestOutputStream(Channels.newOutputStream(channel), digest), bytes);
      channel.force(true);
    }
    if (!Sha256.hex(digest).equals(sha256)) {
      throw new IOException("what arrived differs from what was sent (SHA-256)");
    }
    PartFile.settle(part, target, sha256);
  }

  /** Removes what has arrived. */
  public void forget() throws IOException {
    Files.deleteIfExists(part);
  }

  /** The SHA-256 of the first bytes of a file. */
  public static String sha256(Path file, long bytes) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      update(digest, in, bytes);
    }
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, InputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = bytes; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      digest.update(buffer, 0, n);
      left -= n;
    }
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("every Java platform clones a SHA-256", e);
    }
  }

  /** Removes from a folder what arrived more than a day ago and was never gone on with. */
  public static void removeOld(Path directory, Instant now) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, Arriving::isPart)) {
      for (Path each : parts) {
        if (Files.getLastModifiedTime(each, NOFOLLOW_LINKS).toInstant().isBefore(now.minus(KEPT))) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private static boolean isPart(Path file) {
    return PART.matcher(String.valueOf(file.getFileName())).matches()
        && Files.isRegularFile(file, NOFOLLOW_LINKS);
  }
}
