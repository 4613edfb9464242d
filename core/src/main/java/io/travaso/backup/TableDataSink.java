package io.travaso.backup;

import io.travaso.database.RowSink;
import io.travaso.table.TableId;
import java.io.IOException;
import java.util.List;

/**
 * Takes the rows of tables one after the other. A partitioned table comes once for each of its
 * partitions.
 */
public interface TableDataSink extends RowSink {

  /** Takes nothing. */
  TableDataSink NONE =
      new TableDataSink() {
        @Override
        public void begin(TableId table, List<String> columns) {}

        @Override
        public void row(byte[] buffer, int offset, int length) {}

        @Override
        public void end() {}
      };

  /**
   * The rows that follow are this table's.
   *
   * @param columns the columns whose values the rows hold, in their order; generated ones are not
   *     among them
   */
  void begin(TableId table, List<String> columns) throws IOException;

  /** That was the table's last row. */
  void end() throws IOException;
}
