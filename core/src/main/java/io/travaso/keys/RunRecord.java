package io.travaso.keys;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is recorded of a run in its own transaction. */
public interface RunRecord {

  /**
   * A table that was written to.
   *
   * @param table its full name
   * @param rows how many rows of it were
   * @param rowsAfter how many it has
   */
  record Written(String table, long rows, long rowsAfter) {}

  void write(Handle transaction, List<Written> tables);

  /** Whether the transaction was committed, where the reply never came. */
  boolean isCommitted();
}
