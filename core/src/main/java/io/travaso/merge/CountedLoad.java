package io.travaso.merge;

import io.travaso.database.BulkLoad;
import java.io.IOException;
import java.util.function.LongConsumer;

/** A load whose number of rows is told when it is finished. */
record CountedLoad(BulkLoad load, LongConsumer finished) implements BulkLoad {

  @Override
  public void row(byte[] buffer, int offset, int length) throws IOException {
    load.row(buffer, offset, length);
  }

  @Override
  public long finish() {
    long rows = load.finish();
    finished.accept(rows);
    return rows;
  }

  @Override
  public void close() {
    load.close();
  }
}
