package io.travaso.site;

import io.travaso.database.BulkLoad;
import io.travaso.database.BulkText;
import io.travaso.database.RowSink;
import io.travaso.fixture.RecordSink;
import io.travaso.merge.Merger;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a fixture's records into staging. A table's records go straight there where many of them
 * follow each other; where a fixture mixes its models they are held for a while, so that there are
 * few loads, not one a record.
 */
final class StagingSink implements RecordSink, AutoCloseable {
  /** After so many bytes of one table without a break, a load for it is worth its round trips. */
  private static final int STREAM = 1 << 18;

  /** How many bytes are held in all. */
  private static final int MAX_HELD = 8 << 20;

  private static final int FIRST_ROOM = 1 << 12;

  private final Merger merger;
  private final Map<TableId, Held> held = new HashMap<>();
  private int heldInAll;
  private @Nullable BulkLoad load;
  private int run;

  StagingSink(Merger merger) {
    this.merger = merger;
  }

  /** Rows of a table that wait, each with its newline. */
  private static final class Held {
    private final SyncTable table;
    private byte[] rows = new byte[FIRST_ROOM];
    private int length;

    Held(SyncTable table) {
      this.table = table;
    }

    void add(byte[] buffer, int offset, int count) {
      if (rows.length - length <= count) {
        rows = Arrays.copyOf(rows, Math.addExact(length + length / 2, count + 1));
      }
      System.arraycopy(buffer, offset, rows, length, count);
      length += count;
      rows[length++] = BulkText.END;
    }

    void giveTo(BulkLoad load) throws IOException {
      for (int from = 0; from < length; ) {
        int to = from;
        while (rows[to] != BulkText.END) {
          to++;
        }
        load.row(rows, from, to - from);
        from = to + 1;
      }
    }
  }

  @Override
  public RowSink begin(SyncTable table) {
    Held waiting = held.computeIfAbsent(table.id(), id -> hold(table));
    run = 0;
    return (buffer, offset, length) -> {
      if (load != null) {
        load.row(buffer, offset, length);
      } else {
        hold(waiting, buffer, offset, length);
      }
    };
  }

  private Held hold(SyncTable table) {
    heldInAll += FIRST_ROOM;
    return new Held(table);
  }

  private void hold(Held waiting, byte[] buffer, int offset, int length) throws IOException {
    int room = waiting.rows.length;
    waiting.add(buffer, offset, length);
    heldInAll += waiting.rows.length - room;
    run += length;
    if (run > STREAM) {
      load = begin(waiting);
    } else if (heldInAll > MAX_HELD) {
      Held largest =
          held.values().stream().max(Comparator.comparingInt(h -> h.length)).orElse(waiting);
      begin(largest).finish();
    }
  }

  /** Begins a load of a table with the rows that wait for it. */
  private BulkLoad begin(Held waiting) throws IOException {
    BulkLoad begun = merger.staging().load(waiting.table);
    boolean given = false;
    try {
      waiting.giveTo(begun);
      given = true;
    } finally {
      if (!given) {
        begun.close();
      }
    }
    heldInAll -= waiting.rows.length - FIRST_ROOM;
    waiting.rows = new byte[FIRST_ROOM];
    waiting.length = 0;
    return begun;
  }

  @Override
  public void end() {
    if (load != null) {
      load.finish();
      load = null;
    }
  }

  /** Ends the load in progress, if reading failed in the middle of one: it may have a thread. */
  @Override
  public void close() {
    if (load != null) {
      load.close();
      load = null;
    }
  }

  /** Loads all rows that still wait. */
  void finish() throws IOException {
    for (Held waiting : held.values()) {
      if (waiting.length > 0) {
        begin(waiting).finish();
      }
    }
  }
}
