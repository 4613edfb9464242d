package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.ClusterSql;
import io.travaso.database.Dialect;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whether a merge is small enough to be one transaction of a cluster. */
final class WriteSet {
  private static final String HINT =
      "Raise wsrep_max_ws_rows or wsrep_max_ws_size at every node (SET GLOBAL), or sync fewer"
          + " tables at once with --tables.";

  private final Handle session;
  private final Dialect dialect;
  private final Staging staging;

  WriteSet(Handle session, Dialect dialect, Staging staging) {
    this.session = session;
    this.dialect = dialect;
    this.staging = staging;
  }

  /**
   * Refuses a plan that is certain to be too large; what the ledger is given comes on top, so a
   * smaller one may be too large as well, which the cluster says at COMMIT.
   */
  void require(TableSet set, MergePlan plan) {
    ClusterSql cluster = dialect.cluster();
    if (plan.isEmpty() || !cluster.isNode(session)) {
      return;
    }
    ClusterSql.Limits limits = cluster.limits(session);
    long rows = plan.total(TablePlan::changes);
    if (limits.rows() > 0 && rows > limits.rows()) {
      throw refused("%d rows, and the cluster takes %d".formatted(rows, limits.rows()));
    }
    long bytes = limits.bytes() > 0 ? bytes(set, plan) : 0;
    if (bytes > limits.bytes()) {
      throw refused("about %d bytes, and the cluster takes %d".formatted(bytes, limits.bytes()));
    }
  }

  private static SyncException refused(String what) {
    return SyncException.refused(
        "The merge would be too large a transaction for the Galera cluster: " + what, HINT);
  }

  /** Deleted rows are written too, as they were; they are taken to be as large as the others. */
  private long bytes(TableSet set, MergePlan plan) {
    long bytes = 0;
    for (int i = 0; i < set.tables().size(); i++) {
      TablePlan table = plan.tables().get(i);
      if (table.changes() > 0) {
        bytes += table.changes() * average(set.tables().get(i));
      }
    }
    return bytes;
  }

  private long average(SyncTable table) {
    List<String> columns = table.slots().stream().map(Slot::name).toList();
    return session
        .createQuery(dialect.cluster().averageBytes(staging.name(table), columns))
        .mapTo(Double.class)
        .one()
        .longValue();
  }
}
