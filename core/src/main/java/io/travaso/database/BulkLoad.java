package io.travaso.database;

/**
 * A bulk load in progress: takes rows until it is finished; closed before that, it loads nothing.
 */
public interface BulkLoad extends RowSink, AutoCloseable {

  /**
   * Ends the load and waits for the database's word.
   *
   * @return the number of rows the database took
   */
  long finish();

  /** Ends the load; without {@link #finish} before, nothing of it remains. */
  @Override
  void close();
}
