package io.travaso.database;

import io.travaso.database.BaselineSql.Base;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Digests of rows: two numbers of 64 bits a row, made by the database, that tell whether two
 * databases have the same row without sending it.
 *
 * <p>The <em>code</em> is of the values the row is matched by: a single integer as it is, or its
 * bits in another order, anything else hashed. The <em>hash</em> is of the values of {@link
 * BaselineSql#compared}, as the digests of a base are.
 *
 * <p>Only the kind of table that is a row's values and nothing else has them: no references by
 * meaning, no links, no rules.
 */
public interface DigestSql {

  /**
   * A word about how digests of a table's rows are made in this database. Where two databases have
   * the same word, equal rows have equal digests. The database is asked for the hashes of sample
   * values, so that a version that makes others says so.
   */
  String format(Handle session, SyncTable table);

  /**
   * Sends the digest of each row of a table, in any order.
   *
   * @param columns whose values the hash is of
   * @return how many
   */
  long rows(Handle session, SyncTable table, List<Column> columns, DigestSink digests);

  /**
   * Sends the digest of each entry of a base that holds: {@link #rows} sent the same of the row,
   * with the base's own columns, when it was agreed on.
   *
   * @return how many
   */
  long entries(Handle session, SyncTable table, Base base, DigestSink digests);

  /**
   * Sends the digests of the entries that hold now and did not at an earlier agreement, and of
   * those that held then and do not now.
   *
   * @param since the number of the earlier agreement, of the same base
   */
  void entriesSince(
      Handle session, SyncTable table, Base base, int since, DigestSink begun, DigestSink ended);

  /**
   * Makes a temporary table of the keys of rows, in columns {@code k0, k1, …} as a diff has them.
   *
   * @param codes of the rows
   */
  List<String> keys(SyncTable table, long[] codes, String temporary);
}
