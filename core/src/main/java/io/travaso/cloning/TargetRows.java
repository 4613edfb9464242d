package io.travaso.cloning;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.RowSink;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The rows that a target keeps, as they stand in the database that is replaced. */
final class TargetRows implements AutoCloseable {
  private final Database database;
  private final Dialect dialect;
  private final Handle session;
  private final Map<TableId, String> digests = new HashMap<>();

  /** Begins to see them as they are now. */
  TargetRows(Database database) {
    this.database = database;
    this.dialect = database.dialect();
    this.session = database.session();
    try {
      dialect.bulk().beginSnapshot(session);
    } catch (JdbiException e) {
      session.close();
      throw dialect.explain("Reading " + database.name(), e);
    }
  }

  /** Sends a table's rows, and remembers what they were. */
  long send(SyncTable table, RowSink rows) {
    RowDigest digest = read(session, table, rows);
    digests.put(table.id(), digest.value());
    return digest.rows();
  }

  private RowDigest read(Handle from, SyncTable table, RowSink rows) {
    RowDigest digest = new RowDigest(rows);
    if (table.isResolved()) {
      dialect.bulk().export(from, table, digest);
    } else {
      dialect.cloning().copy(from, table, digest);
    }
    return digest;
  }

  /** Refuses where somebody wrote to them meanwhile: that would be lost. */
  void requireSame(List<SyncTable> tables) {
    List<String> changed = new ArrayList<>();
    try (Handle now = database.session()) {
      dialect.bulk().beginSnapshot(now);
      for (SyncTable table : tables) {
        if (!read(now, table, (b, o, l) -> {}).value().equals(digests.get(table.id()))) {
          changed.add(table.label());
        }
      }
    } catch (JdbiException e) {
      throw dialect.explain("Reading " + database.name(), e);
    }
    if (!changed.isEmpty()) {
      throw SyncException.refused(
          "Rows that stay were written to while the clone was built; the target is as it was",
          "Stop what writes to them, and run the command again.",
          changed);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
