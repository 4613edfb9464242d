package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffKeyText;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql;
import io.travaso.database.BulkLoad;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.RowSink;
import io.travaso.database.mariadb.MariaDbRows.Value;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The three-way comparison in MariaDB's SQL. */
final class MariaDbBaselineSql implements BaselineSql {
  private static final String FORMAT = "mariadb 1";

  private static final List<MariaDbText.Form> CHANGED =
      List.of(MariaDbText.Form.BYTES, MariaDbText.Form.BYTES, MariaDbText.Form.TEXT);

  @Override
  public String format(Handle session, SyncTable table) {
    return MariaDbEntries.weights(table)
        .map(query -> session.createQuery(query).mapTo(String.class).one())
        .map(weights -> FORMAT + " " + weights)
        .orElse(FORMAT);
  }

  @Override
  public List<Column> compared(SyncTable table) {
    return MariaDbRows.compared(table);
  }

  @Override
  public List<String> compare(Work work, Base base, String merged, Deletes gone) {
    return new MariaDbCompareSql(work, base).statements(merged, gone);
  }

  @Override
  public String temporary(String name) {
    return quote(name);
  }

  @Override
  public List<String> newest(Work work, String merged, Column by, boolean itself) {
    return new MariaDbAdoptSql(work, merged).newest(by, itself);
  }

  @Override
  public String keyText(SyncTable table) {
    return diffKeyText(table);
  }

  @Override
  public String conflicts(Work work, String merged, String condition, int characters, int limit) {
    SyncTable table = work.table();
    StringBuilder values = new StringBuilder();
    for (Column column : compared(table)) {
      for (String value : List.of(stagedValue(table, column), targetValue(column))) {
        String text = new Value(column, value).text();
        values.append(", LEFT(").append(text).append(", ").append(characters).append(')');
      }
    }
    return "SELECT %1$s, d.kind, d.ways, CONCAT(d.seen)%2$s FROM %3$s LEFT JOIN %4$s ON %5$s LEFT JOIN %6$s ON %7$s WHERE %8$s ORDER BY %1$s LIMIT %9$d"
        .formatted(
            diffKeyText(table),
            values,
            diff(merged),
            staged(work.staging()),
            diffMatchesStaged(table),
            quote(table.id()) + " AS t",
            diffMatchesTarget(table),
            condition,
            limit);
  }

  @Override
  public String updatedKeys(Work work, int limit) {
    return "SELECT %s FROM %s WHERE d.kind = 'u' LIMIT %d"
        .formatted(diffKeyText(work.table()), diff(work.diff()), limit);
  }

  @Override
  public List<String> adopt(Work work, String merged) {
    return new MariaDbAdoptSql(work, merged).adopt();
  }

  @Override
  public List<String> adjust(Work work, String merged) {
    SyncTable table = work.table();
    return List.of(
        "DELETE o FROM %s AS o JOIN %s ON %s WHERE d.kind = 'k' OR (d.kind = 'u' AND d.ways NOT REGEXP '[^.tb]')"
            .formatted(
                quote(work.diff()),
                diff(merged),
                MariaDbRows.diffMatches(table, "d", c -> "o.k" + table.match().indexOf(c))));
  }

  @Override
  public String deleted(Work work, String merged, String deleted) {
    return "%s AS SELECT %s FROM %s WHERE d.kind = 'd'"
        .formatted(
            MariaDbStaged.create(deleted, List.of()),
            IntStream.range(0, work.table().match().size())
                .mapToObj(i -> "d.k" + i)
                .collect(Collectors.joining(", ")),
            diff(merged));
  }

  @Override
  public List<String> delta(
      Work work,
      @Nullable Base base,
      @Nullable String merged,
      List<String> columns,
      boolean all,
      String delta) {
    return new MariaDbAgreeSql(work.table(), base, columns, all)
        .delta(work.staging(), merged, delta);
  }

  @Override
  public List<String> end(Work work, Base base, @Nullable String merged, int number) {
    return new MariaDbEndSql(work.table(), base)
        .end(work.staging(), merged, number, work.diff() + "_ended");
  }

  @Override
  public List<String> store(int id, int number, String delta) {
    String begin =
        "INSERT INTO %s (baseline, valid_from, k, digests) SELECT %d, %d, k, digests FROM %s"
            .formatted(MariaDbLedgerSql.BASE, id, number, quote(delta));
    return number == FIRST
        ? List.of(begin)
        : List.of(MariaDbEndSql.end(id, number, delta) + " AND NOT e.fresh", begin);
  }

  /** The others first: each is looked up by its key among what was loaded. */
  @Override
  public List<String> keepAlike(Work work, String onlyInTarget, String loaded) {
    SyncTable table = work.table();
    return List.of(
        "DELETE e FROM %s STRAIGHT_JOIN %s AS e ON e.k = %s"
            .formatted(
                MariaDbRows.staged(work.staging()),
                quote(loaded),
                MariaDbEntries.key(table, c -> MariaDbRows.stagedValue(table, c))),
        "DELETE e FROM %s STRAIGHT_JOIN %s AS e ON e.k = %s"
            .formatted(
                MariaDbRows.diff(onlyInTarget), quote(loaded), MariaDbEntries.diffKey(table)));
  }

  /** InnoDB counts again by itself, and a statement that asks it to would commit. */
  @Override
  public List<String> grown() {
    return List.of();
  }

  @Override
  public long changed(
      Handle session, SyncTable table, @Nullable Base base, List<String> columns, RowSink rows) {
    return changed(session, table, base, columns, List.of("TRUE"), rows);
  }

  @Override
  public long changed(
      Handle session,
      SyncTable table,
      Base base,
      List<String> columns,
      long[] codes,
      RowSink rows) {
    List<String> conditions = MariaDbPart.conditions(session, table, codes);
    return changed(session, table, base, columns, conditions, rows);
  }

  private static long changed(
      Handle session,
      SyncTable table,
      @Nullable Base base,
      List<String> columns,
      List<String> conditions,
      RowSink rows) {
    boolean all = base == null || !base.columns().equals(columns);
    MariaDbAgreeSql agree = new MariaDbAgreeSql(table, all ? null : base, columns, all);
    long count = 0;
    for (String condition : conditions) {
      String query = MariaDbPart.asked(agree.changed(condition));
      count += stream(session, table, query, CHANGED, rows);
    }
    return count;
  }

  @Override
  public long gone(Handle session, SyncTable table, Base base, RowSink rows) {
    String query = new MariaDbEndSql(table, base).gone();
    return stream(session, table, query, CHANGED.subList(0, 1), rows);
  }

  private static long stream(
      Handle session, SyncTable table, String query, List<MariaDbText.Form> forms, RowSink rows) {
    String doing = "Remembering " + table.id();
    try {
      return MariaDbBulk.stream(session, query, forms, rows);
    } catch (SQLException | JdbiException e) {
      throw MariaDbErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          doing + " failed: " + e.getMessage(),
          "Look at the disk the export is written to.",
          e);
    }
  }

  @Override
  public BulkLoad load(Handle session, SyncTable table, String temporary, boolean withDigests) {
    session.execute(
        withDigests
            ? MariaDbAgreeSql.create(temporary)
            : MariaDbStaged.create(temporary, List.of("k varbinary(16) NOT NULL PRIMARY KEY")));
    return MariaDbBulk.load(session, MariaDbLoadColumns.entries(table, withDigests), temporary);
  }

  @Override
  public List<String> loaded(String temporary, String delta) {
    // Another name for it would commit what came before.
    return List.of(
        MariaDbAgreeSql.create(delta) + " AS SELECT k, digests, fresh FROM " + quote(temporary),
        "DROP TEMPORARY TABLE " + quote(temporary));
  }

  @Override
  public List<String> endLoaded(int id, int number, String temporary) {
    return List.of(MariaDbEndSql.end(id, number, temporary));
  }

  @Override
  public String count(Base base) {
    return "SELECT COUNT(*) FROM "
        + MariaDbLedgerSql.BASE
        + " AS b WHERE "
        + MariaDbEntries.hold(base);
  }

  @Override
  public String countFresh(String delta) {
    return "SELECT COUNT(*) FROM " + quote(delta) + " WHERE fresh";
  }
}
