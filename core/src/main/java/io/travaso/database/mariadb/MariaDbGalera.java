package io.travaso.database.mariadb;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a node of a Galera cluster says of it. */
final class MariaDbGalera {
  private MariaDbGalera() {}

  /** What tells one cluster from another; empty for a server that is in none. */
  static String cluster(Handle session) {
    return status(session, "WSREP_CLUSTER_SIZE").filter(size -> !size.equals("0")).isPresent()
        ? status(session, "WSREP_CLUSTER_STATE_UUID").orElse("")
        : "";
  }

  /** The number of the last transaction of the cluster that is in this node. */
  static long lastCommitted(Handle session) {
    return Long.parseLong(status(session, "WSREP_LAST_COMMITTED").orElse("-1"));
  }

  private static Optional<String> status(Handle session, String name) {
    return session
        .createQuery(
            "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME ="
                + " :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne();
  }
}
