package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.DigestSink;
import io.travaso.database.DigestSql;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Digests of rows in MariaDB's SQL. */
final class MariaDbDigestSql implements DigestSql {
  /** With any number of rows to fetch the driver streams. */
  private static final int FETCHED = 1000;

  /** The hash of a row that is its key and nothing else. */
  private static final long NOTHING_ELSE = 1;

  /** How many codes a statement takes: less than the smallest packet that servers have. */
  private static final int CODES = 10_000;

  @Override
  public String format(Handle session, SyncTable table) {
    return MariaDbDigestFormat.of(session, table);
  }

  @Override
  public long rows(Handle session, SyncTable table, List<Column> columns, DigestSink digests) {
    MariaDbCodes codes = new MariaDbCodes(table);
    String hash =
        columns.isEmpty() ? "NULL" : MariaDbDigests.rowHex(columns, MariaDbRows::targetValue);
    return stream(
        session,
        "Digesting " + table.id(),
        "SELECT %s, %s FROM %s AS t".formatted(codes.sent(), hash, quote(table.id())),
        row -> {
          byte[] sent = row.getBytes(2);
          digests.row(
              codes.read(row, 1), sent == null ? NOTHING_ELSE : MariaDbCodes.hexadecimal(sent, 0));
        });
  }

  @Override
  public long entries(Handle session, SyncTable table, Base base, DigestSink digests) {
    return entries(session, table, base, MariaDbEntries.hold(base), digests, digests);
  }

  @Override
  public void entriesSince(
      Handle session, SyncTable table, Base base, int since, DigestSink begun, DigestSink ended) {
    String held = MariaDbEntries.hold(new Base(base.id(), since, base.columns()));
    String condition = "(" + MariaDbEntries.hold(base) + ") <> (" + held + ")";
    entries(session, table, base, condition, begun, ended);
  }

  private static long entries(
      Handle session,
      SyncTable table,
      Base base,
      String condition,
      DigestSink holding,
      DigestSink ended) {
    MariaDbCodes codes = new MariaDbCodes(table);
    boolean nothingElse = base.columns().isEmpty();
    return stream(
        session,
        "Reading the baseline of " + table.id(),
        "SELECT %s, %s, %s FROM %s AS b WHERE %s"
            .formatted(
                codes.ofEntry(),
                MariaDbDigests.ofRow("b.digests"),
                MariaDbEntries.hold(base),
                MariaDbLedgerSql.BASE,
                condition),
        row -> {
          DigestSink digests = row.getBoolean(3) ? holding : ended;
          digests.row(
              codes.readEntry(number(row.getBytes(1))),
              nothingElse ? NOTHING_ELSE : number(row.getBytes(2)));
        });
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  /** Takes a row of a result. */
  private interface Taker {
    void take(ResultSet row) throws SQLException, IOException;
  }

  private static long stream(Handle handle, String doing, String query, Taker taker) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.setFetchSize(FETCHED);
      long count = 0;
      try (ResultSet result = statement.executeQuery(query)) {
        for (; result.next(); count++) {
          taker.take(result);
        }
      }
      MariaDbWarnings.refuse(statement);
      return count;
    } catch (SQLException e) {
      throw MariaDbErrors.explain(doing, e);
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
    MariaDbCodes made = new MariaDbCodes(table);
    String wanted = quote(temporary + "_codes");
    List<String> statements = new ArrayList<>();
    statements.add(
        MariaDbStaged.create(
            temporary + "_codes", List.of("code " + made.type() + " NOT NULL PRIMARY KEY")));
    List<String> literals = made.literals(codes);
    for (int from = 0; from < literals.size(); from += CODES) {
      statements.add(
          literals.subList(from, Math.min(literals.size(), from + CODES)).stream()
              .collect(Collectors.joining("),(", "INSERT INTO " + wanted + " VALUES (", ")")));
    }
    MariaDbStaged keys = new MariaDbStaged().from(quote(table.id()), "t");
    IntStream.range(0, table.match().size())
        .forEach(
            i -> {
              Column column = table.match().get(i);
              keys.column("k" + i, column, MariaDbRows.targetValue(column));
            });
    statements.add(keys.create(temporary));
    String target = quote(table.id()) + " AS t";
    statements.add(
        "INSERT INTO %s (%s) SELECT %s FROM %s ON c.code = %s"
            .formatted(
                quote(temporary),
                IntStream.range(0, table.match().size())
                    .mapToObj(i -> "k" + i)
                    .collect(Collectors.joining(", ")),
                MariaDbRows.keys(table, MariaDbRows::targetValue),
                // What is found by an index comes second.
                made.areKeys()
                    ? wanted + " AS c STRAIGHT_JOIN " + target
                    : target + " STRAIGHT_JOIN " + wanted + " AS c",
                made.sql()));
    statements.add("DROP TEMPORARY TABLE " + wanted);
    return statements;
  }
}
