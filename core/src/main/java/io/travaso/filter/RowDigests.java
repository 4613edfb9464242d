package io.travaso.filter;

import io.travaso.SyncException;
import io.travaso.database.DigestSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The digests of a table's rows, kept beside its database, and what can be asked about them. Many
 * are kept in a file, so that memory is the same for any number.
 *
 * <p>A row that differs is overlooked if its 64 bits of hash are the same, or 40 bits of its digest
 * or of the sum of a part that it is in: less than once in 10¹¹ rows that differ.
 */
public final class RowDigests implements DigestSink, Closeable {
  /** Bytes a row in an answer: the mixed code, and so much of the digest. */
  static final int DIGEST_BYTES = 5;

  static final int ROW_BYTES = Long.BYTES + DIGEST_BYTES;

  /** Bytes of a block's sum in the first answer, which is about all blocks. */
  static final int SUM_BYTES = 8;

  private static final int PAIR = 2 * Long.BYTES;

  /** How many rows of a table are held in memory; there may be hundreds of tables. */
  private static final int IN_MEMORY = 1 << 14;

  private static final int AT_FIRST = 1 << 6;

  private ByteBuffer buffer = ByteBuffer.allocate(AT_FIRST * PAIR);
  private @Nullable FileChannel file;
  private @Nullable Path path;
  private long rows;
  private long sum;
  private Blocks blocks = Blocks.WHOLE;

  @Override
  public void row(long code, long hash) throws IOException {
    pair(Mixed.of(code), hash);
  }

  /** Takes the digest of a row whose code is mixed already. */
  void pair(long mixed, long hash) throws IOException {
    if (!buffer.hasRemaining()) {
      makeRoom();
    }
    buffer.putLong(mixed).putLong(hash);
    countMixed(mixed, hash);
  }

  /** Takes a row into the sum alone: nothing can be asked about it. */
  public void count(long code, long hash) {
    countMixed(Mixed.of(code), hash);
  }

  private void countMixed(long mixed, long hash) {
    sum += Mixed.digest(mixed, hash);
    rows++;
  }

  private void makeRoom() throws IOException {
    if (buffer.capacity() < IN_MEMORY * PAIR) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 4).put(buffer.flip());
    } else {
      spill();
    }
  }

  private void spill() throws IOException {
    FileChannel to = file;
    if (to == null) {
      Path created = Files.createTempFile("travaso-digests-", null);
      path = created;
      to = FileChannel.open(created, StandardOpenOption.READ, StandardOpenOption.WRITE);
      file = to;
      // Nothing is left of it, however the process ends.
      Files.delete(created);
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
    buffer.clear();
  }

  /** How many rows there are. */
  public long rows() {
    return rows;
  }

  /** The sum of all digests: that of the same rows is the same. */
  public long sum() {
    return sum;
  }

  /** Answers a question: for each block, or part of one, a sum; or else the rows, ordered. */
  public byte[] answer(Question question) {
    Blocks chosen = blocks.chosen(question.chosen());
    try {
      if (question.split() == 0) {
        blocks = chosen;
        return rows(chosen);
      }
      int width = blocks.bits() == 0 ? SUM_BYTES : DIGEST_BYTES;
      blocks = chosen.split(question.split());
      return sums(blocks, width);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Reading the digests of " + question.table() + " failed: " + e,
          "Look at the disk that temporary files are written to.",
          e);
    }
  }

  private byte[] sums(Blocks asked, int width) throws IOException {
    Blocks.Places places = asked.places();
    long[] sums = new long[asked.prefixes().length];
    forEach(
        (mixed, hash) -> {
          int place = places.of(mixed);
          if (place >= 0) {
            sums[place] += Mixed.digest(mixed, hash);
          }
        });
    byte[] answer = new byte[sums.length * width];
    for (int i = 0; i < sums.length; i++) {
      Packed.put(answer, i * width, sums[i], width);
    }
    return answer;
  }

  private byte[] rows(Blocks asked) throws IOException {
    Blocks.Places places = asked.places();
    Packed.Rows found = new Packed.Rows();
    forEach(
        (mixed, hash) -> {
          if (places.of(mixed) >= 0) {
            found.add(mixed, Mixed.digest(mixed, hash));
          }
        });
    return found.ordered();
  }

  /** Takes mixed codes and hashes. */
  interface Pairs {
    void pair(long mixed, long hash) throws IOException;
  }

  /** Gives all of them. */
  void forEach(Pairs pairs) throws IOException {
    FileChannel from = file;
    if (from != null) {
      ByteBuffer read = ByteBuffer.allocate(IN_MEMORY * PAIR);
      from.position(0);
      for (long left = from.size(); left > 0; left -= read.limit()) {
        read.clear().limit((int) Math.min(read.capacity(), left));
        while (read.hasRemaining()) {
          if (from.read(read) < 0) {
            throw new IOException(path + " is shorter than what was written to it");
          }
        }
        give(read.flip().asLongBuffer(), pairs);
      }
      from.position(from.size());
    }
    give(buffer.duplicate().flip().asLongBuffer(), pairs);
  }

  private static void give(LongBuffer from, Pairs pairs) throws IOException {
    while (from.hasRemaining()) {
      pairs.pair(from.get(), from.get());
    }
  }

  /** Forgets what was asked, so that something else can be compared with the same rows. */
  void begin() {
    blocks = Blocks.WHOLE;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
