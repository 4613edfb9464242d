package io.travaso.filter;

import io.travaso.database.BulkText;
import io.travaso.database.Database;
import io.travaso.database.RowSink;
import io.travaso.fixture.Expected;
import io.travaso.fixture.RecordSink;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a fixture's records but for those that the target has already, byte for byte: a merge
 * of two ordered streams, of which no row becomes an object.
 *
 * <p>Whatever is not the same to the byte is passed on, and compared by the database as ever.
 */
public final class Filter implements RecordSink, AutoCloseable {
  /** How many bytes of keys are held before they are given on. */
  private static final int MOST_KEYS = 1 << 20;

  /** Where the target has so many rows more, the fixture is staged sooner than it is read. */
  private static final long MORE_ROWS = 100_000;

  private static final int MORE_TIMES = 4;

  /** After so many records that are alike and not written alike, they are expected to go on so. */
  private static final int TRIED = 1_000;

  private final @Nullable Path fixture;
  private final RecordSink staging;
  private final Database database;
  private final Supplier<Handle> sessions;
  private final Map<TableId, Choice> choices;
  private final Function<SyncTable, HeldRows> held;
  private final Set<TableId> begun = new HashSet<>();
  private @Nullable TargetRows target;
  private @Nullable Merging merging;

  /**
   * @param fixture the fixture that is read, whose records are told as text as well; null for none
   * @param staging takes the records that are passed on
   * @param sessions opens one of the database's sessions, to read the target's rows
   * @param choices what is filtered, and how
   * @param held takes what becomes of a table's other rows
   */
  public Filter(
      @Nullable Path fixture,
      RecordSink staging,
      Database database,
      Supplier<Handle> sessions,
      Map<TableId, Choice> choices,
      Function<SyncTable, HeldRows> held) {
    this.fixture = fixture;
    this.staging = staging;
    this.database = database;
    this.sessions = sessions;
    this.choices = Map.copyOf(choices);
    this.held = held;
  }

  @Override
  public RowSink begin(SyncTable table) throws IOException {
    Choice choice = choices.get(table.id());
    KeyOrder order = choice == null ? null : choice.order();
    if (order == null) {
      return staging.begin(table);
    }
    if (!begun.add(table.id())) {
      throw new Doubt(table, "its records do not stand together");
    }
    TargetRows rows = target;
    if (rows == null) {
      rows = TargetRows.open(database, sessions.get());
      target = rows;
    }
    Merging begins = new Merging(table, order, rows);
    merging = begins;
    return begins;
  }

  @Override
  public @Nullable Expected expected() {
    return fixture == null ? null : merging;
  }

  @Override
  public void end() throws IOException {
    Merging ends = merging;
    if (ends == null) {
      staging.end();
    } else {
      merging = null;
      ends.end();
    }
  }

  /** The merge of one table's two streams. */
  private final class Merging implements RowSink, Expected {
    private final SyncTable table;
    private final KeyOrder order;
    private final TargetRows rows;
    private final HeldRows found;
    private RowSink staged;
    private boolean present;
    private long records;
    private long alike;
    private long came;
    private long others;

    /** The key of the record before. */
    private byte[] before = new byte[64];

    private int beforeLength = -1;

    /** Keys of rows that may be the target's alone, each with its newline. */
    private byte[] keys = new byte[1 << 12];

    private int keysLength;

    Merging(SyncTable table, KeyOrder order, TargetRows rows) throws IOException {
      this.table = table;
      this.order = order;
      this.rows = rows;
      this.found = held.apply(table);
      staged = staging.begin(table);
      rows.begin(table, order, fixture);
      present = rows.next(table);
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
      records++;
      int to = offset + length;
      int keyEnd = order.end(buffer, offset, to);
      while (present) {
        if (Arrays.equals(rows.bytes, rows.from, rows.to, buffer, offset, to)) {
          alike++;
          if (came == 0 && alike == TRIED) {
            rows.withoutTexts();
          }
          pass(buffer, offset, keyEnd);
          return;
        }
        int ahead = order.compare(rows.bytes, rows.from, rows.keyEnd, buffer, offset, keyEnd);
        if (ahead == 0) {
          staged.row(buffer, offset, length);
          pass(buffer, offset, keyEnd);
          return;
        }
        if (ahead > 0) {
          break;
        }
        addKey();
        present = rows.next(table);
      }
      requireAscending(buffer, offset, keyEnd);
      staged.row(buffer, offset, length);
      remember(buffer, offset, keyEnd);
    }

    @Override
    public byte[] text() {
      return rows.texts;
    }

    @Override
    public int from() {
      return present ? rows.textFrom : 0;
    }

    @Override
    public int to() {
      return present ? rows.textTo : 0;
    }

    @Override
    public void came() {
      records++;
      alike++;
      came++;
      pass(rows.bytes, rows.from, rows.keyEnd);
    }

    /** The record and the target's row are over. */
    private void pass(byte[] buffer, int offset, int keyEnd) {
      remember(buffer, offset, keyEnd);
      present = rows.next(table);
    }

    private void remember(byte[] buffer, int offset, int keyEnd) {
      beforeLength = keyEnd - offset;
      if (before.length < beforeLength) {
        before = new byte[beforeLength * 2];
      }
      System.arraycopy(buffer, offset, before, 0, beforeLength);
    }

    /** A record that the target's rows say nothing about; those that they do are in their order. */
    private void requireAscending(byte[] buffer, int offset, int keyEnd) {
      if (beforeLength >= 0
          && order.compare(before, 0, beforeLength, buffer, offset, keyEnd) >= 0) {
        throw new Doubt(table, "its records are in an order of the source's own");
      }
    }

    /** The target's row may be its alone. */
    private void addKey() throws IOException {
      if (++others > MORE_TIMES * records + MORE_ROWS) {
        throw new Doubt(table, "the target has many times its rows");
      }
      int length = rows.keyEnd - rows.from;
      if (keys.length - keysLength <= length) {
        keys = Arrays.copyOf(keys, keys.length + length + keys.length / 2);
      }
      System.arraycopy(rows.bytes, rows.from, keys, keysLength, length);
      keysLength += length;
      keys[keysLength++] = BulkText.END;
      if (keysLength > MOST_KEYS) {
        staging.end();
        giveKeys();
        staged = staging.begin(table);
      }
    }

    private void giveKeys() throws IOException {
      RowSink sink = found.beginKeys();
      for (int from = 0; from < keysLength; ) {
        int to = from;
        while (keys[to] != BulkText.END) {
          to++;
        }
        sink.row(keys, from, to - from);
        from = to + 1;
      }
      found.endKeys();
      keysLength = 0;
    }

    void end() throws IOException {
      while (present) {
        addKey();
        present = rows.next(table);
      }
      staging.end();
      if (keysLength > 0) {
        giveKeys();
      }
      found.finish(alike);
    }
  }

  @Override
  public void close() {
    if (target != null) {
      target.close();
    }
  }
}
