package io.travaso.database.mariadb;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.DigestSink;
import io.travaso.database.DigestSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Digests of rows in MariaDB's SQL. */
final class MariaDbDigestSql implements DigestSql {
  @Override
  public String format(Handle session, SyncTable table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long rows(Handle session, SyncTable table, List<Column> columns, DigestSink digests) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long entries(Handle session, SyncTable table, Base base, DigestSink digests) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> keys(SyncTable table, long[] codes, String temporary) {
    throw new UnsupportedOperationException();
  }
}
