package io.travaso.merge;

import io.travaso.database.BulkLoad;
import io.travaso.database.Dialect;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The rows of a table that are not staged: how many are held back, and which the target alone has.
 */
public final class HoldingBack {
  private final Merger merger;
  private final Handle session;
  private final Dialect dialect;
  private final SyncTable table;
  private final String keys;
  private long listed;

  HoldingBack(Merger merger, Handle session, Dialect dialect, SyncTable table) {
    this.merger = merger;
    this.session = session;
    this.dialect = dialect;
    this.table = table;
    this.keys = merger.staging().name(table) + "_others";
    execute(dialect.merge().createKeys(table, keys));
  }

  /**
   * Begins to take primary keys of rows that may be the target's alone; more than one load is
   * allowed.
   */
  public BulkLoad onlyInTarget() {
    List<String> columns =
        table.primaryKey().stream().map(column -> "k" + table.match().indexOf(column)).toList();
    return new CountedLoad(
        dialect.bulk().load(session, table, keys, columns), count -> listed += count);
  }

  /** All keys were given; so many rows are alike. */
  public void finish(long alike) {
    if (listed > Staging.SMALL) {
      execute(dialect.merge().analyze(keys));
    }
    merger.holdBack(table, alike, keys);
  }

  private void execute(String statement) {
    try {
      session.execute(statement);
    } catch (JdbiException e) {
      throw dialect.explain("Comparing rows of " + table.id(), e);
    }
  }
}
