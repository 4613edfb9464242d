package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.SyncException;
import io.travaso.database.ClusterSql;
import io.travaso.database.SqlFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Nodes of a Galera cluster: each commits what no other changed before it, and is told so only at
 * COMMIT, or in the middle of a transaction that is in another's way.
 */
final class MariaDbClusterSql implements ClusterSql {
  /** Another's transaction came first; the node takes no statements just now. */
  private static final Set<Integer> LOST = Set.of(MariaDbErrors.DEADLOCK, MariaDbErrors.NOT_READY);

  @Override
  public boolean isNode(Handle session) {
    return !MariaDbGalera.cluster(session).isEmpty();
  }

  @Override
  public List<String> cautions(Handle session) {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "is a node of a Galera cluster: the lock against a second run, and the locks of a merge,"
            + " hold at this node alone. What other nodes write meanwhile makes the merge fail and"
            + " begin anew; name the node that the application writes to, and no load balancer");
    return cautions;
  }

  @Override
  public Limits limits(Handle session) {
    return new Limits(
        variable(session, "wsrep_max_ws_rows"), variable(session, "wsrep_max_ws_size"));
  }

  private static long variable(Handle session, String name) {
    return session.createQuery("SELECT @@GLOBAL." + name).mapTo(Long.class).one();
  }

  @Override
  public String averageBytes(String relation, List<String> columns) {
    return "SELECT COALESCE(AVG(%s), 0) FROM %s AS s"
        .formatted(
            columns.stream()
                .map(c -> "COALESCE(OCTET_LENGTH(s." + quote(c) + "), 0)")
                .collect(Collectors.joining(" + ")),
            quote(relation));
  }

  @Override
  public boolean isLost(SyncException failure) {
    return LOST.contains(SqlFailures.code(failure));
  }
}
