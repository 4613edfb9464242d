package io.travaso.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.zip.CRC32C;

/**
 * Digests that are kept from run to run: what they are of, how many, their sum, a checksum of that,
 * then the digests. What can't be read is as if it were not there, for all of it can be had from
 * the database again.
 */
public final class DigestFile {
  private static final int MAGIC = 0x54764431;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAIR = 2 * Long.BYTES;
  private static final int AT_ONCE = 1 << 16;

  private final Path file;
  private final Head head;

  private DigestFile(Path file, Head head) {
    this.file = file;
    this.head = head;
  }

  /**
   * What stands before the digests.
   *
   * @param of what they are of, for whoever keeps them
   */
  private record Head(String of, long rows, long sum) {
    Head {
      Objects.requireNonNull(of);
    }
  }

  private static long checksum(byte[] head) {
    CRC32C checksum = new CRC32C();
    checksum.update(head);
    return checksum.getValue();
  }

  /** Writes a file that only its owner may read; there must be none. */
  public static void write(Path file, String of, RowDigests digests) throws IOException {
    try (FileChannel to =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(to))) {
      byte[] head = JSON.writeValueAsBytes(new Head(of, digests.rows(), digests.sum()));
      out.writeInt(MAGIC);
      out.writeInt(head.length);
      out.write(head);
      out.writeLong(checksum(head));
      out.flush();
      ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
      digests.forEach(
          (mixed, hash) -> {
            if (!buffer.hasRemaining()) {
              empty(buffer, to);
            }
            buffer.putLong(mixed).putLong(hash);
          });
      empty(buffer, to);
    }
  }

  private static void empty(ByteBuffer buffer, FileChannel to) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
    buffer.clear();
  }

  /** Opens one; empty where there is none of this form. */
  public static Optional<DigestFile> open(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      if (in.readInt() != MAGIC) {
        return Optional.empty();
      }
      int length = in.readInt();
      if (length < 0 || length > AT_ONCE) {
        return Optional.empty();
      }
      byte[] head = in.readNBytes(length);
      if (in.readLong() != checksum(head)) {
        return Optional.empty();
      }
      return Optional.of(new DigestFile(file, JSON.readValue(head, Head.class)));
    } catch (NoSuchFileException | EOFException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** What the digests are of. */
  public String of() {
    return head.of();
  }

  /** How many there are. */
  public long rows() {
    return head.rows();
  }

  /**
   * Reads them.
   *
   * @param wanted which of them, by their code
   * @return false where the file is damaged; what was read by then is worth nothing
   */
  public boolean read(RowDigests to, LongPredicate wanted) throws IOException {
    long rows = 0;
    long sum = 0;
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
      DataInputStream in = new DataInputStream(Channels.newInputStream(from));
      in.readInt();
      int length = in.readInt();
      from.position(from.position() + length + Long.BYTES);
      while (fill(buffer, from)) {
        while (buffer.remaining() >= PAIR) {
          long mixed = buffer.getLong();
          long hash = buffer.getLong();
          rows++;
          sum += Mixed.digest(mixed, hash);
          if (wanted.test(Mixed.code(mixed))) {
            to.pair(mixed, hash);
          }
        }
      }
    }
    return rows == head.rows() && sum == head.sum();
  }

  /** Whole digests, as many as there is room for; false at the end. */
  private static boolean fill(ByteBuffer buffer, ReadableByteChannel from) throws IOException {
    buffer.clear();
    boolean more = true;
    while (more && buffer.hasRemaining()) {
      more = from.read(buffer) >= 0;
    }
    buffer.flip();
    return buffer.remaining() >= PAIR;
  }
}
