package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.equal;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedValue;
import static io.travaso.database.postgres.PostgresRows.targetValue;

import io.travaso.database.Aside;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Check;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement that lets the contested rows of an exclusion step aside, and the question whether
 * it would be allowed. In both, {@code c} are the contested rows, numbered, and {@code f} as many
 * values that nobody has.
 */
final class PostgresAsideSql {
  private final Work work;
  private final Exclusion exclusion;
  private final Aside aside;
  private final SyncTable table;
  private final PostgresImages images;

  PostgresAsideSql(Work work, Exclusion exclusion, Aside aside) {
    this.work = work;
    this.exclusion = exclusion;
    this.aside = aside;
    this.table = work.table();
    this.images = new PostgresImages(work);
  }

  String statement() {
    return "WITH "
        + contested()
        + " UPDATE "
        + relation(table.table())
        + " AS t SET "
        + values().entrySet().stream()
            .map(e -> quote(e.getKey().name()) + " = " + e.getValue())
            .collect(Collectors.joining(", "))
        + " FROM c"
        + joined()
        + " WHERE "
        + matches(PostgresRows::targetValue);
  }

  /** Whether every contested row can stand aside, beside all there are and all that come. */
  String fits() {
    String rows =
        images.changed(
            values(),
            " JOIN c ON " + matches(PostgresRows::targetValue) + joined(),
            n -> "c." + PostgresImages.match(n));
    List<String> conditions = new ArrayList<>();
    conditions.add("(SELECT count(*) FROM a) = (SELECT count(*) FROM c)");
    List<Check> checks = table.table().constraints().checks();
    if (!checks.isEmpty()) {
      conditions.add(
          "NOT EXISTS (SELECT FROM a WHERE "
              + checks.stream()
                  .map(check -> "(" + check.expression() + ") IS FALSE")
                  .collect(Collectors.joining(" OR "))
              + ")");
    }
    for (Exclusion other : table.table().constraints().exclusions()) {
      if (hangsOnWhatIsFilled(other)) {
        conditions.add(undisputed(other));
      }
    }
    return "WITH "
        + contested()
        + ", a AS MATERIALIZED ("
        + rows
        + ") SELECT "
        + String.join(" AND ", conditions);
  }

  private boolean hangsOnWhatIsFilled(Exclusion other) {
    return other.columns().stream()
        .anyMatch(
            name ->
                table.table().requiredColumn(name).generated()
                    || aside.columns().stream().anyMatch(c -> c.name().equals(name)));
  }

  private String undisputed(Exclusion other) {
    PostgresExclusionSql sql = new PostgresExclusionSql(work, other);
    String aside = sql.elements("SELECT * FROM a");
    return "NOT EXISTS (SELECT FROM (%1$s) AS o JOIN (%2$s UNION ALL %3$s UNION ALL %1$s) AS n ON %4$s AND %5$s)"
        .formatted(
            aside,
            sql.elements(images.present()),
            sql.elements(images.written("u")),
            sql.conflict("o", "n"),
            images.differ("o", "n"));
  }

  private String contested() {
    String keys =
        IntStream.range(0, table.match().size())
            .mapToObj(PostgresImages::match)
            .collect(Collectors.joining(", "));
    String ofOld =
        IntStream.range(0, table.match().size())
            .mapToObj(n -> "o." + PostgresImages.match(n))
            .collect(Collectors.joining(", "));
    String numbered =
        "c AS MATERIALIZED (SELECT q.*, row_number() OVER (ORDER BY %1$s) AS \"travaso n\" FROM (SELECT DISTINCT %2$s %3$s) AS q)"
            .formatted(keys, ofOld, new PostgresExclusionSql(work, exclusion).fromContested());
    return aside instanceof Aside.Invented invented
        ? numbered + ", f AS MATERIALIZED (" + free(invented) + ")"
        : numbered;
  }

  /** As many values of a series as are needed, which no row has or gets. */
  private String free(Aside.Invented invented) {
    Column column = invented.column();
    return """
        SELECT q.v, row_number() OVER (ORDER BY q.g) AS n
          FROM (SELECT g, v.v
                  FROM generate_series(1, (SELECT 2 * count(*) + 1000 FROM c)) AS g
                 CROSS JOIN LATERAL (SELECT CAST(%1$s AS %2$s) AS v) AS v
                 WHERE v.v IS NOT NULL
                   AND NOT EXISTS (SELECT FROM %3$s AS t WHERE %4$s)
                   AND NOT EXISTS (SELECT FROM %5$s WHERE %6$s)
                 ORDER BY g LIMIT (SELECT count(*) FROM c)) AS q
        """
        .formatted(
            invented.series(),
            column.type(),
            relation(table.table()),
            equal(column, targetValue(column), "v.v"),
            staged(work.staging()),
            equal(column, stagedValue(table, column), "v.v"));
  }

  /** What each column is filled with. */
  private Map<Column, String> values() {
    Map<Column, String> values = new LinkedHashMap<>();
    if (aside instanceof Aside.Early early) {
      early.columns().forEach(c -> values.put(c, stagedValue(table, c)));
    } else if (aside instanceof Aside.Neutral neutral) {
      values.put(
          neutral.column(), "CAST(" + neutral.value() + " AS " + neutral.column().type() + ")");
    } else if (aside instanceof Aside.Invented invented) {
      values.put(invented.column(), "f.v");
    }
    return values;
  }

  /** Where the values come from. */
  private String joined() {
    if (aside instanceof Aside.Early) {
      return " JOIN " + staged(work.staging()) + " ON " + matches(c -> stagedValue(table, c));
    }
    return aside instanceof Aside.Invented ? " JOIN f ON f.n = c.\"travaso n\"" : "";
  }

  private String matches(Function<Column, String> value) {
    return IntStream.range(0, table.match().size())
        .mapToObj(
            n ->
                equal(
                    table.match().get(n),
                    "c." + PostgresImages.match(n),
                    value.apply(table.match().get(n))))
        .collect(Collectors.joining(" AND "));
  }
}
