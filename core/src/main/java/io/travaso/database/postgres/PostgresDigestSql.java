package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.DigestSink;
import io.travaso.database.DigestSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.copy.CopyOut;

/** Digests of rows in PostgreSQL's SQL, sent by COPY in its binary format. */
final class PostgresDigestSql implements DigestSql {
  /** What a file of COPY begins with, up to and including the length of its extension. */
  private static final int HEADER = 19;

  /** What the last row is shorter than, which says that there are no more. */
  private static final int ROW = 2 + 4 + 8 + 4;

  @Override
  public String format(Handle session, SyncTable table) {
    List<Column> columns = PostgresRows.compared(table);
    String samples =
        columns.stream()
            .map(c -> PostgresDigests.of(c, sample(c)))
            .collect(Collectors.joining(" # ", "", columns.isEmpty() ? "1" : ""));
    String made = session.createQuery("SELECT " + samples).mapTo(String.class).one();
    String names =
        columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
    return "postgresql 1 " + made + " " + keyWord(session, table) + " " + names;
  }

  private static String keyWord(Handle session, SyncTable table) {
    return table.match().stream().map(c -> c.name() + " " + c.type()).toList()
        + " "
        + session
            .createQuery(
                "SELECT " + PostgresDigests.code(table, PostgresDigestSql::sample) + "::text")
            .mapTo(String.class)
            .one();
  }

  /** A value to hash; of types that are hashed as text, whose output may be anything, none. */
  private static String sample(Column column) {
    String type = column.type();
    String literal =
        switch (type) {
          case "smallint", "integer", "bigint" -> "'7'";
          case "real", "double precision" -> "'0.1'";
          case "boolean" -> "'true'";
          case "date" -> "'2001-02-03'";
          case "uuid" -> "'01234567-89ab-cdef-0123-456789abcdef'";
          case "text" -> "'a'";
          default ->
              // An array of them is not one.
              type.startsWith("timestamp") && type.endsWith("time zone")
                  ? "'2001-02-03 04:05:06.789'"
                  : type.startsWith("numeric(") && type.endsWith(")") ? "'0'" : "";
        };
    return literal.isEmpty() ? "NULL" : "(" + literal + "::" + type + ")";
  }

  @Override
  public long rows(Handle session, SyncTable table, List<Column> columns, DigestSink digests) {
    return rows(session, table, columns, "true", digests);
  }

  /** The digests of the rows, aliased t, that something is true of. */
  static long rows(
      Handle session, SyncTable table, List<Column> columns, String condition, DigestSink digests) {
    return stream(
        session,
        "Digesting " + table.id(),
        "SELECT %s::int8, %s FROM %s AS t WHERE %s"
            .formatted(
                PostgresDigests.code(table, PostgresRows::targetValue),
                "(" + PostgresDigests.row(columns, PostgresRows::targetValue) + ")::int8",
                relation(table.table()),
                condition),
        digests);
  }

  @Override
  public long entries(Handle session, SyncTable table, Base base, DigestSink digests) {
    return stream(
        session,
        "Reading the baseline of " + table.id(),
        // A key begins with its row's code, in the order of bytes in which numbers are sent.
        "SELECT b.k, (%s)::int8 FROM %s AS b WHERE %s"
            .formatted(
                PostgresDigests.rowOfEntry(base),
                PostgresLedgerSql.BASE,
                PostgresDigests.holds(base)),
        digests);
  }

  @Override
  public void entriesSince(
      Handle session, SyncTable table, Base base, int since, DigestSink begun, DigestSink ended) {
    String held = PostgresDigests.holds(new Base(base.id(), since, base.columns()));
    String holds = PostgresDigests.holds(base);
    stream(
        session,
        "Reading what is new in the baseline of " + table.id(),
        // One look at the base for both: what has ended has no hash.
        "SELECT b.k, (CASE WHEN %1$s THEN %2$s END)::int8 FROM %3$s AS b WHERE (%1$s) <> (%4$s)"
            .formatted(holds, PostgresDigests.rowOfEntry(base), PostgresLedgerSql.BASE, held),
        begun,
        ended);
  }

  private static long stream(Handle handle, String doing, String query, DigestSink digests) {
    return stream(handle, doing, query, digests, digests);
  }

  /**
   * Streams codes and hashes.
   *
   * @param hashless takes the codes that have no hash
   */
  private static long stream(
      Handle handle, String doing, String query, DigestSink digests, DigestSink hashless) {
    try {
      CopyOut copy =
          PostgresBulk.copyManager(handle)
              .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
      long count = 0;
      boolean first = true;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        ByteBuffer bytes = ByteBuffer.wrap(row);
        if (first) {
          bytes.position(HEADER);
          first = false;
        }
        if (bytes.remaining() >= ROW) {
          // How many values there are, and how long each of them is; a key may go on after its
          // code.
          bytes.position(bytes.position() + 2);
          int length = bytes.getInt();
          long code = bytes.getLong();
          bytes.position(bytes.position() + length - Long.BYTES);
          if (bytes.getInt() < 0) {
            hashless.row(code, 0);
          } else {
            digests.row(code, bytes.getLong());
          }
          count++;
        }
      }
      return count;
    } catch (SQLException e) {
      throw PostgresErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          doing + " failed: " + e.getMessage(),
          "Look at the disk that temporary files are written to.",
          e);
    }
  }

  @Override
  public List<String> keys(SyncTable table, long[] codes, String temporary) {
    return List.of(
        "CREATE TEMPORARY TABLE %s AS SELECT %s FROM %s AS t WHERE %s"
            .formatted(
                quote(temporary),
                PostgresRows.keys(table, PostgresRows::targetValue),
                relation(table.table()),
                among(table, codes)),
        "ANALYZE pg_temp." + quote(temporary));
  }

  /** Whether a row, aliased t, has one of these codes. */
  static String among(SyncTable table, long[] codes) {
    String list =
        Arrays.stream(codes)
            .sorted()
            .mapToObj(Long::toString)
            .collect(Collectors.joining(",", "'{", "}'::int8[]"));
    return PostgresDigests.code(table, PostgresRows::targetValue)
        + " IN (SELECT unnest("
        + list
        + "))";
  }
}
