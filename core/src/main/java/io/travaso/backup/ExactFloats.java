package io.travaso.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.database.mariadb.MariaDbDumpSql;
import io.travaso.database.mariadb.MariaDbDumpSql.FloatTable;
import io.travaso.database.mariadb.MariaDbDumpSql.KeyColumn;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the exact values of FLOAT columns into a dump on its way to the file, for the server's text
 * has only six digits of them.
 *
 * <p>The exact values come from a session with a snapshot of its own. A row that was written
 * between the two snapshots is recognised by its text and keeps that.
 */
final class ExactFloats implements DumpedRows, AutoCloseable {
  /** Rows ahead of the dump; so many may have been deleted or changed between the snapshots. */
  private static final int AHEAD = 1000;

  private final Handle snapshot;
  private final Map<String, FloatTable> tables = new HashMap<>();
  private final BulkRow key = new BulkRow();

  private @Nullable Current current;

  private ExactFloats(Handle snapshot, List<FloatTable> tables) {
    this.snapshot = snapshot;
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  /** Begins the snapshot. */
  static ExactFloats begin(Handle session, List<FloatTable> tables) {
    MariaDbDumpSql.beginSnapshot(session);
    return new ExactFloats(session, tables);
  }

  /** A row's FLOATs: each one's text, and its exact value where that is another. */
  private record Exact(List<@Nullable String> texts, List<@Nullable String> values) {}

  private record Correction(String key, Exact exact) {}

  /** The table whose rows are passing. */
  private final class Current implements AutoCloseable {
    final DumpedTable table;
    final List<String> columns;
    final FloatTable floats;
    final ResultIterator<Correction> rows;
    final Map<String, Exact> ahead = new LinkedHashMap<>();

    Current(DumpedTable table, List<String> columns, FloatTable floats) {
      this.table = table;
      this.columns = columns;
      this.floats = floats;
      this.rows =
          snapshot
              .createQuery(MariaDbDumpSql.inexactFloats(floats))
              .setFetchSize(AHEAD)
              .map((result, context) -> correction(floats, result))
              .iterator();
    }

    /** What is known of a row; those before it will not come any more. */
    @Nullable Exact of(String row) {
      while (ahead.size() < AHEAD && rows.hasNext()) {
        Correction next = rows.next();
        ahead.put(next.key(), next.exact());
      }
      Exact found = ahead.get(row);
      if (found != null) {
        Iterator<String> passed = ahead.keySet().iterator();
        boolean more = true;
        while (more) {
          more = !passed.next().equals(row);
          passed.remove();
        }
      }
      return found;
    }

    @Override
    public void close() {
      rows.close();
      MariaDbDumpSql.leaveTable(snapshot);
    }
  }

  private Correction correction(FloatTable floats, ResultSet result) throws SQLException {
    int column = 0;
    key.clear();
    for (int i = 0; i < floats.key().size(); i++) {
      if (i > 0) {
        key.separator();
      }
      key.text(result.getString(++column).getBytes(UTF_8));
    }
    List<@Nullable String> texts = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < floats.floats().size(); i++) {
      texts.add(result.getString(++column));
      values.add(result.getString(++column));
    }
    return new Correction(key.bytes(), new Exact(texts, values));
  }

  @Override
  public void table(DumpedTable table) {
    end();
  }

  @Override
  public boolean insert(DumpedTable table, List<String> columns) {
    FloatTable floats = tables.get(table.name());
    if (floats == null) {
      return false;
    }
    if (current == null) {
      current = new Current(table, columns, floats);
    }
    return true;
  }

  @Override
  public void row(ScriptBytes script, int[] bounds) throws IOException {
    Current rows = Objects.requireNonNull(current);
    Exact exact = rows.of(key(rows, script, bounds));
    if (exact == null) {
      return;
    }
    for (int i = 0; i < rows.columns.size(); i++) {
      int of = rows.floats.floats().indexOf(rows.columns.get(i));
      String value = of < 0 ? null : exact.values().get(of);
      if (value != null) {
        int from = bounds[2 * i];
        int to = bounds[2 * i + 1];
        String text = new String(script.buffer(), script.keptAt() + from, to - from, UTF_8);
        if (text.equals(exact.texts().get(of))) {
          script.replace(from, to, value.getBytes(UTF_8));
        }
      }
    }
  }

  private String key(Current rows, ScriptBytes script, int[] bounds) throws IOException {
    key.clear();
    boolean first = true;
    for (KeyColumn column : rows.floats.key()) {
      int i = rows.columns.indexOf(column.name());
      if (i < 0) {
        throw new IOException("no column " + column.name() + " in " + rows.table.name());
      }
      if (!first) {
        key.separator();
      }
      first = false;
      int start = script.keptAt();
      key.value(
          rows.table.column(column.name()),
          script.buffer(),
          start + bounds[2 * i],
          start + bounds[2 * i + 1]);
    }
    return key.bytes();
  }

  @Override
  public void end() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
