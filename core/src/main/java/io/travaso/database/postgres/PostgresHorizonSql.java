package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.DigestSink;
import io.travaso.database.HorizonSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The number of the transaction that wrote a row, in its column {@code xmin}. It stays when a row
 * is frozen or moved to another page; a row that is changed is another row, with another number.
 *
 * <p>Only for tables of PostgreSQL's own kind, with columns of types whose values look the same for
 * ever: an enum's labels can be renamed, a large object written, without the row being touched.
 */
final class PostgresHorizonSql implements HorizonSql {
  static final String MARKS = "travaso.digest_mark";

  /** How many marks are kept: one a run, and a table that is seldom changed has an old one. */
  private static final int KEPT = 1000;

  /** Numbers have 32 bits and begin anew; farther back than that nothing is known. */
  private static final long FARTHEST = 1L << 30;

  private static final long NUMBERS = 1L << 32;

  private static final String MAY_MARK =
      """
      (SELECT s.reset_val = 'off' FROM pg_catalog.pg_settings AS s WHERE s.name = 'default_transaction_read_only')
      AND CASE WHEN pg_catalog.to_regclass('%1$s') IS NULL
           THEN coalesce(pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace('travaso'), 'CREATE'), false)
           ELSE pg_catalog.has_table_privilege(pg_catalog.to_regclass('%1$s'), 'SELECT')
            AND pg_catalog.has_table_privilege(pg_catalog.to_regclass('%1$s'), 'INSERT')
            AND pg_catalog.has_table_privilege(pg_catalog.to_regclass('%1$s'), 'DELETE') END\
      """
          .formatted(MARKS);

  /** Of the schema pg_catalog, and arrays of them. */
  private static final String TYPES =
      "'bool', 'int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'text', 'varchar', 'bpchar',"
          + " 'bytea', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'uuid',"
          + " 'json', 'jsonb', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bit', 'varbit'";

  @Override
  public Optional<Horizon> of(Handle snapshot, SyncTable table) {
    if (table.table().has(Table.Trait.PARTITIONED)) {
      return Optional.empty();
    }
    return snapshot
        .createQuery(
            """
            SELECT concat_ws(' ',
                     (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                     (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()),
                     c.oid, c.relfilenode,
                     (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation), ', ' ORDER BY a.attnum)
                        FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)),
                   pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())
              FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
             WHERE c.oid = %s::pg_catalog.regclass
               AND c.relkind = 'r' AND c.relpersistence = 'p' AND m.amname = 'heap'
               AND NOT c.relhassubclass AND NOT c.relrowsecurity
               AND NOT pg_catalog.pg_is_in_recovery() AND (%s)
               AND pg_catalog.version() ~ '^PostgreSQL [0-9.]+ ?([(]|on )'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extname IN ('citus', 'timescaledb'))
               AND NOT EXISTS (
                     SELECT FROM pg_catalog.pg_attribute AS a
                       JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
                       JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        AND NOT (n.nspname = 'pg_catalog' AND pg_catalog.ltrim(t.typname, '_') IN (%s)
                                 AND a.attgenerated IN ('', 's')))
            """
                .formatted(literal(quote(table.id())), MAY_MARK, TYPES))
        .map((r, c) -> new Horizon(r.getString(1), r.getLong(2)))
        .findOne();
  }

  @Override
  public Counts count(Handle snapshot, SyncTable table, long position) {
    return snapshot
        .createQuery(
            "SELECT count(*), count(*) FILTER (WHERE %s) FROM %s AS t"
                .formatted(writtenSince(snapshot, position), relation(table.table())))
        .map((r, c) -> new Counts(r.getLong(1), r.getLong(2)))
        .one();
  }

  @Override
  public long rowsSince(
      Handle snapshot, SyncTable table, List<Column> columns, long position, DigestSink digests) {
    return PostgresDigestSql.rows(
        snapshot, table, columns, writtenSince(snapshot, position), digests);
  }

  /**
   * A row's age is that of its number counted back from now, and later ones are younger. An older
   * row may look as young where numbers began anew: it is digested once more.
   */
  private static String writtenSince(Handle snapshot, long position) {
    long now =
        snapshot
            .createQuery("SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())")
            .mapTo(Long.class)
            .one();
    if (position > now || now - position > FARTHEST) {
      return "true";
    }
    long age =
        snapshot
            .createQuery("SELECT pg_catalog.age(:number::text::xid)")
            .bind("number", position % NUMBERS)
            .mapTo(Long.class)
            .one();
    return "pg_catalog.age(t.xmin) <= " + age;
  }

  @Override
  public void mark(Handle transaction, String mark) {
    transaction.execute("SET LOCAL lock_timeout = '3s'");
    // Who may write to it may not always make it.
    if (!isThere(transaction)) {
      transaction.execute(
          "CREATE TABLE IF NOT EXISTS "
              + MARKS
              + " (mark text PRIMARY KEY, marked_at timestamptz NOT NULL)");
    }
    transaction
        .createUpdate("INSERT INTO " + MARKS + " VALUES (:mark, pg_catalog.clock_timestamp())")
        .bind("mark", mark)
        .execute();
    transaction.execute(
        "DELETE FROM %1$s WHERE mark NOT IN (SELECT mark FROM %1$s ORDER BY marked_at DESC LIMIT %2$d)"
            .formatted(MARKS, KEPT));
  }

  @Override
  public boolean isMarked(Handle snapshot, String mark) {
    return isThere(snapshot)
        && snapshot
            .createQuery("SELECT EXISTS (SELECT FROM " + MARKS + " WHERE mark = :mark)")
            .bind("mark", mark)
            .mapTo(Boolean.class)
            .one();
  }

  private static boolean isThere(Handle session) {
    return session
        .createQuery("SELECT pg_catalog.to_regclass('" + MARKS + "') IS NOT NULL")
        .mapTo(Boolean.class)
        .one();
  }
}
