package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.equal;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;

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
 * it would be allowed. In both, {@code c} are the contested rows, numbered, each with the value
 * that nobody has where one is made up.
 */
final class MariaDbAsideSql {
  // A query of WITH hides the table of its name; none of these can be a table's.
  private static final String CONTESTED = "travaso_c";
  private static final String COUNTED = "travaso_n";
  private static final String FREE = "travaso_f";
  private static final String ASIDE = "travaso_a";

  private static final String NUMBER = quote("travaso n");
  private static final String INVENTED = quote("travaso v");

  private final Work work;
  private final Exclusion exclusion;
  private final Aside aside;
  private final SyncTable table;
  private final MariaDbImages images;

  MariaDbAsideSql(Work work, Exclusion exclusion, Aside aside) {
    this.work = work;
    this.exclusion = exclusion;
    this.aside = aside;
    this.table = work.table();
    this.images = new MariaDbImages(work);
  }

  /** There is no WITH before an UPDATE, but in what it joins. */
  String statement() {
    return "UPDATE "
        + quote(table.id())
        + " AS t JOIN (WITH "
        + contested()
        + " SELECT * FROM "
        + CONTESTED
        + ") AS c ON "
        + matches(MariaDbRows::targetValue)
        + joined()
        + " SET "
        + values().entrySet().stream()
            .map(e -> "t." + quote(e.getKey().name()) + " = " + e.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Whether every contested row can stand aside, beside all there are and all that come. */
  String fits() {
    String rows =
        images.changed(
            values(),
            " JOIN " + CONTESTED + " AS c ON " + matches(MariaDbRows::targetValue) + joined(),
            n -> "c." + MariaDbImages.match(n));
    List<String> conditions = new ArrayList<>();
    conditions.add(
        "(SELECT COUNT(*) FROM %s) = (SELECT COUNT(*) FROM %s)".formatted(ASIDE, counted()));
    List<Check> checks = table.table().constraints().checks();
    if (!checks.isEmpty()) {
      conditions.add(
          "NOT EXISTS (SELECT 1 FROM "
              + ASIDE
              + " WHERE "
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
    return MariaDbImages.ASKED
        + "WITH "
        + contested()
        + ", "
        + ASIDE
        + " AS ("
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
    MariaDbExclusionSql sql = new MariaDbExclusionSql(work, other);
    String aside = sql.elements("SELECT * FROM " + ASIDE);
    return List.of(sql.elements(images.present()), sql.elements(images.written("u")), aside)
        .stream()
        .map(
            others ->
                "NOT EXISTS (SELECT 1 FROM (%s) AS o JOIN (%s) AS n ON %s AND %s)"
                    .formatted(aside, others, sql.conflict("o", "n"), images.differ("o", "n")))
        .collect(Collectors.joining(" AND "));
  }

  /** The queries before {@code c}, and itself. */
  private String contested() {
    String keys =
        IntStream.range(0, table.match().size())
            .mapToObj(MariaDbImages::match)
            .collect(Collectors.joining(", "));
    String ofOld =
        IntStream.range(0, table.match().size())
            .mapToObj(n -> "o." + MariaDbImages.match(n))
            .collect(Collectors.joining(", "));
    String numbered =
        "%s AS (SELECT q.*, ROW_NUMBER() OVER (ORDER BY %s) AS %s FROM (SELECT DISTINCT %s %s) AS q)"
            .formatted(
                counted(),
                keys,
                NUMBER,
                ofOld,
                new MariaDbExclusionSql(work, exclusion).fromContested());
    return aside instanceof Aside.Invented invented
        ? numbered
            + ", %s AS (%s), %s AS (SELECT n.*, f.v AS %s FROM %s AS n JOIN %s AS f ON f.n = n.%s)"
                .formatted(FREE, free(invented), CONTESTED, INVENTED, COUNTED, FREE, NUMBER)
        : numbered;
  }

  /** The contested rows, whether or not there is a value for each. */
  private String counted() {
    return aside instanceof Aside.Invented ? COUNTED : CONTESTED;
  }

  /** Values of a series, some more than are needed, which no row has or gets. */
  private String free(Aside.Invented invented) {
    Column column = invented.column();
    String digit =
        IntStream.range(0, 10)
            .mapToObj(d -> "SELECT " + d + " AS d")
            .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    return """
    SELECT q.v, ROW_NUMBER() OVER (ORDER BY q.g) AS n
      FROM (SELECT g, %1$s AS v
              FROM (SELECT ROW_NUMBER() OVER () AS g
                      FROM (SELECT 1 AS d FROM %7$s UNION ALL SELECT 1 FROM %7$s
                            UNION ALL SELECT 1 FROM %2$s AS x JOIN %2$s AS y JOIN %2$s AS z) AS rows_) AS numbers) AS q
      LEFT JOIN (SELECT t.%3$s AS v FROM %4$s AS t UNION SELECT %5$s FROM %6$s) AS taken
        ON taken.v = q.v
     WHERE NOT (q.v <=> NULL) AND (taken.v <=> NULL)
    """
        .formatted(
            made(column, invented.series()),
            digit,
            quote(column.name()),
            quote(table.id()),
            stagedValue(table, column),
            staged(work.staging()),
            COUNTED);
  }

  /** A text of the column's own collation. */
  private String made(Column column, String series) {
    return column.textual()
        ? "CASE WHEN FALSE THEN (SELECT x.%s FROM %s AS x LIMIT 0) ELSE %s END"
            .formatted(quote(column.name()), quote(table.id()), series)
        : MariaDbCasts.cast(series, column.type());
  }

  /** What each column is filled with. */
  private Map<Column, String> values() {
    Map<Column, String> values = new LinkedHashMap<>();
    if (aside instanceof Aside.Early early) {
      early.columns().forEach(c -> values.put(c, stagedValue(table, c)));
    } else if (aside instanceof Aside.Neutral neutral) {
      values.put(neutral.column(), neutral.value());
    } else if (aside instanceof Aside.Invented invented) {
      values.put(invented.column(), "c." + INVENTED);
    }
    return values;
  }

  /** Where the values come from, but for those that {@code c} has itself. */
  private String joined() {
    return aside instanceof Aside.Early
        ? " JOIN " + staged(work.staging()) + " ON " + matches(c -> stagedValue(table, c))
        : "";
  }

  private String matches(Function<Column, String> value) {
    return IntStream.range(0, table.match().size())
        .mapToObj(
            n ->
                equal(
                    table.match().get(n),
                    "c." + MariaDbImages.match(n),
                    value.apply(table.match().get(n))))
        .collect(Collectors.joining(" AND "));
  }
}
