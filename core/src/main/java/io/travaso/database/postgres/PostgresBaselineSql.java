package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffKeyText;
import static io.travaso.database.postgres.PostgresRows.diffMatchesStaged;
import static io.travaso.database.postgres.PostgresRows.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedValue;
import static io.travaso.database.postgres.PostgresRows.targetValue;

import io.travaso.database.BaselineSql;
import io.travaso.database.BulkLoad;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.database.MergeSql.Work;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.SyncTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The three-way comparison in PostgreSQL's SQL. */
final class PostgresBaselineSql implements BaselineSql {
  @Override
  public String format(Handle session, SyncTable table) {
    return "postgresql 2";
  }

  @Override
  public List<Column> compared(SyncTable table) {
    return PostgresRows.compared(table);
  }

  @Override
  public List<String> compare(Work work, Base base, String merged, Deletes gone) {
    return List.of(new PostgresCompareSql(work, base).statement(merged, gone));
  }

  @Override
  public String temporary(String name) {
    return "pg_temp." + quote(name);
  }

  @Override
  public List<String> newest(Work work, String merged, Column by, boolean itself) {
    SyncTable table = work.table();
    String staged = stagedValue(table, by);
    String target = targetValue(by);
    String winner =
        "CASE WHEN %1$s > %2$s THEN 'a' WHEN %1$s < %2$s THEN 'b' ELSE 'x' END"
            .formatted(staged, target);
    int place = compared(table).indexOf(by) + 1;
    return List.of(
        "UPDATE %s AS d SET ways = %s FROM %s, %s WHERE d.kind = 'u' AND %s AND %s AND %s"
            .formatted(
                temporary(merged),
                itself
                    ? "overlay(d.ways PLACING " + winner + " FROM " + place + " FOR 1)"
                    : "replace(d.ways, 'x', " + winner + ")",
                staged(work.staging()),
                relation(table.table()) + " AS t",
                itself ? "substr(d.ways, " + place + ", 1) = 'x'" : "d.ways LIKE '%x%'",
                diffMatchesStaged(table),
                diffMatchesTarget(table)));
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
        values.append(", left(").append(value).append("::text, ").append(characters).append(')');
      }
    }
    return "SELECT %s, d.kind, d.ways, d.seen::text%s FROM %s LEFT JOIN %s ON %s LEFT JOIN %s ON %s WHERE %s ORDER BY %s LIMIT %d"
        .formatted(
            diffKeyText(table),
            values,
            diff(merged),
            staged(work.staging()),
            diffMatchesStaged(table),
            relation(table.table()) + " AS t",
            diffMatchesTarget(table),
            condition,
            diffKeyText(table),
            limit);
  }

  @Override
  public String updatedKeys(Work work, int limit) {
    return "SELECT %s FROM %s WHERE d.kind = 'u' LIMIT %d"
        .formatted(diffKeyText(work.table()), diff(work.diff()), limit);
  }

  @Override
  public List<String> adopt(Work work, String merged) {
    SyncTable table = work.table();
    List<Column> compared = compared(table);
    List<String> statements = new ArrayList<>();
    if (!compared.isEmpty()) {
      List<String> set = new ArrayList<>();
      IntStream.range(0, compared.size()).forEach(i -> adopt(table, compared.get(i), i + 1, set));
      statements.add(
          "UPDATE %s SET %s FROM %s, %s WHERE d.kind = 'u' AND d.ways ~ '[tb]' AND %s AND %s"
              .formatted(
                  staged(work.staging()),
                  String.join(", ", set),
                  diff(merged),
                  relation(table.table()) + " AS t",
                  diffMatchesStaged(table),
                  diffMatchesTarget(table)));
    }
    statements.add(
        "DELETE FROM %s USING %s WHERE d.kind = 'k' AND %s"
            .formatted(staged(work.staging()), diff(merged), diffMatchesStaged(table)));
    return statements;
  }

  @Override
  public List<String> adjust(Work work, String merged) {
    SyncTable table = work.table();
    return List.of(
        "DELETE FROM %s AS o USING %s WHERE (d.kind = 'k' OR d.kind = 'u' AND d.ways !~ '[^.tb]') AND %s"
            .formatted(
                temporary(work.diff()),
                diff(merged),
                PostgresRows.diffMatches(table, "d", c -> "o.k" + table.match().indexOf(c))));
  }

  /** What was looked up for the source's value is nothing to look up for the target's. */
  private static void adopt(SyncTable table, Column column, int place, List<String> set) {
    String kept = "substr(d.ways, " + place + ", 1) IN ('t', 'b')";
    int index = table.written().indexOf(column);
    set.add(
        "%s = CASE WHEN %s THEN %s ELSE %s END"
            .formatted(
                SyncTable.stagingName(index),
                kept,
                targetValue(column),
                stagedValue(table, column)));
    field(table, column)
        .filter(f -> f.reference() != null || f.generic() != null)
        .ifPresent(
            f -> {
              for (int k = 0; k < f.carried().size(); k++) {
                String name = SyncTable.referenceName(index, k);
                set.add("%1$s = CASE WHEN %2$s THEN NULL ELSE s.%1$s END".formatted(name, kept));
              }
            });
  }

  private static Optional<Field> field(SyncTable table, Column column) {
    return table.fields().stream().filter(f -> f.column().equals(column)).findFirst();
  }

  @Override
  public String deleted(Work work, String merged, String deleted) {
    return "CREATE TEMPORARY TABLE %s AS SELECT %s FROM %s WHERE d.kind = 'd'"
        .formatted(
            quote(deleted),
            String.join(
                ", ",
                IntStream.range(0, work.table().match().size()).mapToObj(i -> "d.k" + i).toList()),
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
    return List.of(
        new PostgresAgreeSql(work.table(), base, columns)
            .delta(work.staging(), merged, all, delta));
  }

  @Override
  public List<String> end(Work work, Base base, @Nullable String merged, int number) {
    return List.of(
        new PostgresAgreeSql(work.table(), base, base.columns())
            .end(work.staging(), base, merged, number));
  }

  @Override
  public List<String> store(int id, int number, String delta) {
    String begin =
        "INSERT INTO %s (baseline, valid_from, k, digests) SELECT %d, %d, k, digests FROM %s"
            .formatted(PostgresLedgerSql.BASE, id, number, temporary(delta));
    if (number == FIRST) {
      return List.of(begin);
    }
    String end =
        "UPDATE %s AS b SET valid_to = %d FROM %s AS e WHERE b.baseline = %d AND b.valid_to IS NULL AND b.k = e.k AND NOT e.fresh"
            .formatted(PostgresLedgerSql.BASE, number, temporary(delta), id);
    return List.of(end, begin);
  }

  @Override
  public List<String> keepAlike(Work work, String onlyInTarget, String loaded) {
    SyncTable table = work.table();
    return List.of(
        "ANALYZE " + temporary(loaded),
        "DELETE FROM %s AS e USING %s WHERE e.k = %s"
            .formatted(
                temporary(loaded),
                staged(work.staging()),
                PostgresDigests.key(table, c -> stagedValue(table, c))),
        "DELETE FROM %s AS e USING %s WHERE e.k = %s"
            .formatted(
                temporary(loaded),
                diff(onlyInTarget),
                PostgresDigests.key(table, c -> "d.k" + table.match().indexOf(c))));
  }

  /** Without, the next run is planned as for an empty table until autovacuum has been there. */
  @Override
  public List<String> grown() {
    return List.of("ANALYZE " + PostgresLedgerSql.BASE);
  }

  @Override
  public long changed(
      Handle session, SyncTable table, @Nullable Base base, List<String> columns, RowSink rows) {
    return PostgresBulk.stream(
        session,
        "Remembering " + table.id(),
        new PostgresAgreeSql(table, base, columns).changed("true"),
        rows);
  }

  @Override
  public long changed(
      Handle session,
      SyncTable table,
      Base base,
      List<String> columns,
      long[] codes,
      RowSink rows) {
    return PostgresBulk.stream(
        session,
        "Remembering " + table.id(),
        new PostgresAgreeSql(table, base, columns).changed(PostgresDigestSql.among(table, codes)),
        rows);
  }

  @Override
  public long gone(Handle session, SyncTable table, Base base, RowSink rows) {
    return PostgresBulk.stream(
        session,
        "Remembering " + table.id(),
        new PostgresAgreeSql(table, base, base.columns()).gone(base),
        rows);
  }

  @Override
  public BulkLoad load(Handle session, SyncTable table, String temporary, boolean withDigests) {
    session.execute(
        "CREATE TEMPORARY TABLE %s (k bytea%s)"
            .formatted(quote(temporary), withDigests ? ", digests bigint[], fresh boolean" : ""));
    try {
      return new PostgresLoad(
          table,
          PostgresBulk.copyManager(session).copyIn("COPY " + temporary(temporary) + " FROM STDIN"));
    } catch (SQLException e) {
      throw PostgresErrors.explainLoad(table, e);
    }
  }

  @Override
  public List<String> loaded(String temporary, String delta) {
    return List.of(
        "ALTER TABLE " + temporary(temporary) + " RENAME TO " + quote(delta),
        "ANALYZE " + temporary(delta));
  }

  @Override
  public List<String> endLoaded(int id, int number, String temporary) {
    return List.of(
        "UPDATE %s AS b SET valid_to = %d FROM %s AS e WHERE b.baseline = %d AND b.valid_to IS NULL AND b.k = e.k"
            .formatted(PostgresLedgerSql.BASE, number, temporary(temporary), id));
  }

  @Override
  public String count(Base base) {
    return "SELECT count(*) FROM "
        + PostgresLedgerSql.BASE
        + " AS b WHERE "
        + PostgresDigests.holds(base);
  }

  @Override
  public String countFresh(String delta) {
    return "SELECT count(*) FROM " + temporary(delta) + " WHERE fresh";
  }

  /** The digest of a staged value; empty for a column that is not staged. */
  static Optional<String> stagedDigest(SyncTable table, String column) {
    return table.written().stream()
        .filter(c -> c.name().equals(column) && !table.keepsTarget(c))
        .findFirst()
        .map(c -> PostgresDigests.of(c, stagedValue(table, c)));
  }
}
