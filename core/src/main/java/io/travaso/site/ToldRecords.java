package io.travaso.site;

import io.travaso.Progress;
import io.travaso.database.RowSink;
import io.travaso.fixture.RecordSink;
import io.travaso.table.SyncTable;
import java.io.IOException;

/** Tells how many of a fixture's records were read. */
final class ToldRecords implements RecordSink {
  private static final long STRIDE = 1 << 14;

  private final RecordSink records;
  private final Progress progress;
  private long count;

  ToldRecords(RecordSink records, Progress progress) {
    this.records = records;
    this.progress = progress;
  }

  @Override
  public RowSink begin(SyncTable table) throws IOException {
    RowSink rows = records.begin(table);
    return (buffer, offset, length) -> {
      rows.row(buffer, offset, length);
      if (++count % STRIDE == 0) {
        progress.at(table.label(), count, 0);
      }
    };
  }

  @Override
  public void end() throws IOException {
    records.end();
  }
}
