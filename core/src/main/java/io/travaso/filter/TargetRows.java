package io.travaso.filter;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.fixture.RecordText;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The target's own rows in key order, read ahead by a thread of its own through a session of its
 * own: one snapshot for all tables, and so many bytes in memory whatever their size.
 *
 * <p>The target's rows are made by the very statement that exports them, so that rows that are
 * equal have the same bytes.
 */
final class TargetRows implements AutoCloseable {
  /** How many blocks are on their way at most. */
  private static final int BLOCKS = 6;

  private final Database database;
  private final Handle session;
  private final BlockingQueue<RowBlock> empty = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<RowBlock> filled = new ArrayBlockingQueue<>(BLOCKS);
  private volatile boolean closed;
  private volatile boolean textsWanted;
  private @Nullable Thread reader;

  // The row that the one who reads is at.
  private RowBlock block = new RowBlock();
  private int index;
  byte[] bytes = block.bytes;
  int from;
  int keyEnd;
  int to;
  byte[] texts = block.texts;
  int textFrom;
  int textTo;

  private TargetRows(Database database, Handle session) {
    this.database = database;
    this.session = session;
    for (int i = 0; i < BLOCKS; i++) {
      empty.add(new RowBlock());
    }
  }

  /** Begins one moment for all tables in a session, which is closed with this. */
  static TargetRows open(Database database, Handle session) {
    try {
      database.dialect().bulk().beginSnapshot(session);
      return new TargetRows(database, session);
    } catch (RuntimeException e) {
      session.close();
      throw database.dialect().explain("Reading " + database.name(), e);
    }
  }

  /**
   * Begins to read a table; the one before was read to its end.
   *
   * @param fixture the fixture as whose records the rows are told as well; null for none
   */
  void begin(SyncTable table, KeyOrder order, @Nullable Path fixture) {
    textsWanted = fixture != null;
    textFrom = 0;
    textTo = 0;
    block.clear();
    index = 0;
    Thread thread =
        new Thread(() -> read(new Filling(table, order, fixture)), "rows of " + table.label());
    thread.setDaemon(true);
    reader = thread;
    thread.start();
  }

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   */
  boolean next(SyncTable table) {
    if (index == block.rows) {
      if (block.last) {
        return false;
      }
      turn(table);
      if (block.rows == 0) {
        return false;
      }
      bytes = block.bytes;
      to = 0;
      texts = block.texts;
      textTo = 0;
    }
    from = to;
    keyEnd = block.keyEnds[index];
    textFrom = textTo;
    textTo = block.textEnds[index];
    to = block.ends[index++];
    return true;
  }

  /** The rows' records are not what they look like in the fixture, so they need not be made. */
  void withoutTexts() {
    textsWanted = false;
  }

  /** The next block; what the last one was read from is over. */
  private void turn(SyncTable table) {
    try {
      block.clear();
      // Each table brings one of its own, so there may be enough of them.
      empty.offer(block);
      block = filled.take();
      index = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted at the rows of " + table.label(), "", e);
    }
    RuntimeException failure = block.failure;
    if (failure != null) {
      throw block.isInterrupted() || failure instanceof Doubt ? failure : new Doubt(table, failure);
    }
  }

  /** In the reader's thread. */
  private void read(Filling filling) {
    RuntimeException failure = new IllegalStateException("The thread that reads the target died");
    try {
      database.dialect().bulk().export(session, filling.table, filling::row);
      failure = null;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      filling.finish(failure);
    }
  }

  /** Fills one block after the other. */
  private final class Filling {
    private final SyncTable table;
    private final KeyOrder order;
    private RowBlock filling = new RowBlock();
    private byte[] before = new byte[0];
    private boolean first = true;

    private final @Nullable RecordText text;

    Filling(SyncTable table, KeyOrder order, @Nullable Path fixture) {
      this.table = table;
      this.order = order;
      this.text = fixture == null ? null : new RecordText(table, fixture);
    }

    void row(byte[] row, int offset, int length) throws IOException {
      RecordText made = textsWanted ? text : null;
      if (made != null) {
        made.row(row, offset, length);
      }
      if (!filling.hasRoom(length, made == null ? 0 : made.length())) {
        before = filling.lastKey();
        give();
      }
      int key = order.end(row, offset, offset + length);
      requireAscending(row, offset, key);
      filling.add(row, offset, length, key - offset);
      if (made != null) {
        filling.addText(made.bytes(), made.length());
      }
    }

    private void requireAscending(byte[] row, int offset, int key) {
      int rows = filling.rows;
      int ascending;
      if (rows > 0) {
        int from = rows == 1 ? 0 : filling.ends[rows - 2];
        ascending = order.compare(filling.bytes, from, filling.keyEnds[rows - 1], row, offset, key);
      } else {
        ascending = first ? -1 : order.compare(before, 0, before.length, row, offset, key);
      }
      if (ascending >= 0) {
        throw new Doubt(table, "the target's keys are in an order of the database's own");
      }
      first = false;
    }

    private void give() throws IOException {
      try {
        filled.put(filling);
        filling = empty.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("nobody wants the rows any more", e);
      }
      if (closed) {
        throw new IOException("nobody wants the rows any more");
      }
    }

    void finish(@Nullable RuntimeException failure) {
      if (closed) {
        return;
      }
      filling.last = true;
      filling.failure = failure;
      try {
        filled.put(filling);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      Thread thread = reader;
      if (thread != null) {
        if (!block.last) {
          // In the middle of a table, all of which the driver would read first.
          session.getConnection().abort(Runnable::run);
        }
        thread.interrupt();
        thread.join();
      }
    } catch (SQLException e) {
      throw database.dialect().explain("Reading " + database.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session.close();
    }
  }
}
