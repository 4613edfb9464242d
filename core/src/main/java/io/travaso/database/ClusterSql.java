package io.travaso.database;

import io.travaso.SyncException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What writing takes where a server is one of several that are written to. */
public interface ClusterSql {
  /** Of an engine that has nothing of the kind. */
  ClusterSql NONE =
      new ClusterSql() {
        @Override
        public boolean isNode(Handle session) {
          return false;
        }

        @Override
        public List<String> cautions(Handle session) {
          return List.of();
        }

        @Override
        public Limits limits(Handle session) {
          return new Limits(0, 0);
        }

        @Override
        public String averageBytes(String relation, List<String> columns) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean isLost(SyncException failure) {
          return false;
        }
      };

  /**
   * The largest transaction that the other servers take.
   *
   * @param rows how many rows; 0 for any number
   * @param bytes how many bytes; 0 for any number
   */
  record Limits(long rows, long bytes) {}

  /** Whether the server is one of several. */
  boolean isNode(Handle session);

  /** What somebody who writes to one of them should know. */
  List<String> cautions(Handle session);

  Limits limits(Handle session);

  /** How many bytes the rows of a temporary table have, on an average. */
  String averageBytes(String relation, List<String> columns);

  /**
   * Whether a transaction was taken back because another server's came first, or because the
   * cluster took none.
   */
  boolean isLost(SyncException failure);
}
