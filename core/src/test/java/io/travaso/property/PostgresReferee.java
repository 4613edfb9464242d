package io.travaso.property;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * On PostgreSQL: the source's rows stand beside the target in tables without any constraint, and
 * what the target was before.
 */
final class PostgresReferee implements Referee {
  static final String SCHEMA = "referee";

  private final TestDatabase database;
  private final List<RandomTable> tables;

  private PostgresReferee(TestDatabase database, List<RandomTable> tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Before the merge. */
  static PostgresReferee of(TestDatabase target, List<RandomTable> tables, Rows rows) {
    StringBuilder sql = new StringBuilder();
    PostgresReferee referee = new PostgresReferee(target, tables);
    for (RandomTable table : tables) {
      String wanted = referee.wanted(table);
      sql.append(
          "CREATE TABLE %s AS SELECT * FROM %s WHERE false;\n".formatted(wanted, table.sql()));
      sql.append(PostgresSchemaSql.inserts(table, wanted, rows.of(table, Side.SOURCE)));
      sql.append(
          """
          CREATE TABLE %s AS SELECT %s AS place,
                 NOT EXISTS (SELECT FROM %s AS s WHERE %s) AS own,
                 EXISTS (SELECT FROM %3$s AS s WHERE %4$s AND %s = %s) AS same
            FROM %s AS t;
          """
              .formatted(
                  referee.before(table),
                  place("t"),
                  wanted,
                  match(table),
                  text(table, "s"),
                  text(table, "t"),
                  table.sql()));
    }
    target.execute(sql.toString());
    return referee;
  }

  private String wanted(RandomTable table) {
    return SCHEMA + ".wanted" + tables.indexOf(table);
  }

  private String before(RandomTable table) {
    return SCHEMA + ".before" + tables.indexOf(table);
  }

  /** A row as it physically is, so that one that was written anew shows. */
  private static String place(String row) {
    return "ROW(%1$s.tableoid, %1$s.ctid, %1$s.xmin, %1$s)::text COLLATE \"C\"".formatted(row);
  }

  private static String match(RandomTable table) {
    return table.key.stream()
        .map(c -> "t.%1$s = s.%1$s".formatted(Names.quote(c.name())))
        .collect(joining(" AND "));
  }

  private static String text(RandomTable table, String row) {
    return table.written().stream()
        .map(c -> row + "." + Names.quote(c.name()))
        .collect(joining(", ", "ROW(", ")::text COLLATE \"C\""));
  }

  @Override
  public List<String> expected(boolean replace) {
    List<String> queries = new ArrayList<>();
    for (RandomTable table : tables) {
      String counted =
          """
          SELECT %7$d AS place, format('+%%s ~%%s -%%s =%%s *%%s',
                 (SELECT count(*) FROM %1$s AS s WHERE NOT EXISTS (SELECT FROM %2$s AS t WHERE %3$s)),
                 (SELECT count(*) FROM %1$s AS s JOIN %2$s AS t ON %3$s WHERE %4$s <> %5$s),
                 CASE WHEN %6$s THEN own ELSE 0 END,
                 (SELECT count(*) FROM %1$s AS s JOIN %2$s AS t ON %3$s WHERE %4$s = %5$s),
                 CASE WHEN %6$s THEN 0 ELSE own END)
            FROM (SELECT count(*) AS own FROM %2$s AS t WHERE NOT EXISTS (SELECT FROM %1$s AS s WHERE %3$s)) AS o
          """
              .formatted(
                  wanted(table),
                  table.sql(),
                  match(table),
                  text(table, "s"),
                  text(table, "t"),
                  replace,
                  queries.size());
      queries.add(counted);
    }
    String all = String.join(" UNION ALL ", queries) + " ORDER BY place";
    return database.rows(all).stream().map(row -> row.substring(row.indexOf('|') + 1)).toList();
  }

  @Override
  public void requireMerged() {
    List<String> queries = new ArrayList<>();
    for (RandomTable table : tables) {
      queries.add(
          "SELECT %s FROM %s AS s EXCEPT ALL SELECT %s FROM %s AS t"
              .formatted(text(table, "s"), wanted(table), text(table, "t"), table.sql()));
      queries.add(
          "SELECT b.place FROM %s AS b WHERE (b.own OR b.same) AND b.place NOT IN (SELECT %s FROM %s AS t)"
              .formatted(before(table), place("t"), table.sql()));
    }
    none(queries);
  }

  @Override
  public void requireReplaced() {
    List<String> queries = new ArrayList<>();
    for (RandomTable table : tables) {
      String source = "SELECT %s FROM %s AS s".formatted(text(table, "s"), wanted(table));
      String target = "SELECT %s FROM %s AS t".formatted(text(table, "t"), table.sql());
      queries.add(source + " EXCEPT ALL " + target);
      queries.add(target + " EXCEPT ALL " + source);
    }
    none(queries);
  }

  @Override
  public void requireFreeNumbers() {
    List<String> queries = new ArrayList<>();
    for (RandomTable table : tables) {
      for (Column column : table.columns) {
        if (column.hasSequence()) {
          queries.add(
              """
              SELECT last_value, highest FROM %s,
                (SELECT max(%s) AS highest FROM %s) AS m, pg_sequence AS q
               WHERE q.seqrelid = %s::regclass AND highest > 0 AND highest < q.seqmax
                 AND (highest > last_value OR highest = last_value AND NOT is_called)
              """
                  .formatted(
                      sequence(table, column),
                      Names.quote(column.name()),
                      table.sql(),
                      PostgresSchemaSql.literal(sequence(table, column))));
        }
      }
    }
    none(queries);
  }

  private String sequence(RandomTable table, Column column) {
    return String.join(
        "",
        database.rows(
            "SELECT pg_get_serial_sequence(%s, %s)"
                .formatted(
                    PostgresSchemaSql.literal(table.sql()),
                    PostgresSchemaSql.literal(column.name()))));
  }

  private void none(List<String> queries) {
    String all =
        queries.stream()
            .map(
                q ->
                    "SELECT %s AS query, q::text FROM (%s) AS q"
                        .formatted(PostgresSchemaSql.literal(q), q))
            .collect(joining(" UNION ALL "));
    assertThat(queries.isEmpty() ? List.of() : database.rows(all)).isEmpty();
  }
}
