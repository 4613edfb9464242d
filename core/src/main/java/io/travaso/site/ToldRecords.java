package io.travaso.site;

import io.travaso.Progress;
import io.travaso.database.RowSink;
import io.travaso.fixture.Expected;
import io.travaso.fixture.RecordSink;
import io.travaso.table.SyncTable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells how many of a fixture's records were read. */
final class ToldRecords implements RecordSink {
  private static final long STRIDE = 1 << 14;

  private final RecordSink records;
  private final Progress progress;
  private String work = "";
  private long count;

  ToldRecords(RecordSink records, Progress progress) {
    this.records = records;
    this.progress = progress;
  }

  @Override
  public RowSink begin(SyncTable table) throws IOException {
    work = table.label();
    RowSink rows = records.begin(table);
    return (buffer, offset, length) -> {
      rows.row(buffer, offset, length);
      count();
    };
  }

  private void count() {
    if (++count % STRIDE == 0) {
      progress.at(work, count, 0);
    }
  }

  @Override
  public @Nullable Expected expected() {
    Expected expected = records.expected();
    return expected == null ? null : new Told(expected);
  }

  /** Counts those that came, too. */
  private final class Told implements Expected {
    private final Expected expected;

    Told(Expected expected) {
      this.expected = expected;
    }

    @Override
    public byte[] text() {
      return expected.text();
    }

    @Override
    public int from() {
      return expected.from();
    }

    @Override
    public int to() {
      return expected.to();
    }

    @Override
    public void came() {
      expected.came();
      count();
    }
  }

  @Override
  public void end() throws IOException {
    records.end();
  }
}
