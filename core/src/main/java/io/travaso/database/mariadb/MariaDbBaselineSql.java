package io.travaso.database.mariadb;

import io.travaso.database.BaselineSql;
import io.travaso.database.BulkLoad;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The three-way comparison in MariaDB's SQL. */
final class MariaDbBaselineSql implements BaselineSql {

  @Override
  public String format() {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<Column> compared(SyncTable table) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> compare(Work work, Base base, String merged, boolean goneToo) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String temporary(String name) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> newest(Work work, String merged, Column by, boolean itself) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String keyText(SyncTable table) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String conflicts(Work work, String merged, String condition, int characters, int limit) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String updatedKeys(Work work, int limit) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> adopt(Work work, String merged) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String deleted(Work work, String merged, String deleted) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> delta(
      Work work,
      @Nullable Base base,
      @Nullable String merged,
      List<String> columns,
      boolean all,
      String delta) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> end(Work work, Base base, @Nullable String merged, int number) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> store(int id, int number, String delta) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public long changed(
      Handle session, SyncTable table, @Nullable Base base, List<String> columns, RowSink rows) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public long gone(Handle session, SyncTable table, Base base, RowSink rows) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public BulkLoad load(Handle session, SyncTable table, String temporary, boolean withDigests) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> loaded(String temporary, String delta) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public List<String> endLoaded(int id, int number, String temporary) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String count(Base base) {
    throw new UnsupportedOperationException("Not yet");
  }

  @Override
  public String countFresh(String delta) {
    throw new UnsupportedOperationException("Not yet");
  }
}
