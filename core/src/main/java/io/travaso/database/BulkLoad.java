package io.travaso.database;

/**
 * A bulk load in progress: takes rows until it is finished; closed before that, its temporary table
 * is of no use.
 */
public interface BulkLoad extends RowSink, AutoCloseable {

  /**
   * Ends the load and waits for the database's word.
   *
   * @return the number of rows the database took
   */
  long finish();

  /** Ends the load, also in the middle of it. */
  @Override
  void close();
}
