package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresImages.KEY;
import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The queries for rows that may not stand beside each other. */
final class PostgresExclusionSql {
  private final Exclusion exclusion;
  private final SyncTable table;
  private final PostgresImages images;

  PostgresExclusionSql(Work work, Exclusion exclusion) {
    this.exclusion = exclusion;
    this.table = work.table();
    this.images = new PostgresImages(work);
  }

  /** Whether a merge can bring rows into conflict, as far as it can be told. */
  boolean isConcerned() {
    return kinds().length > 0;
  }

  /** The rows to be written that can come into conflict, and whose values are known. */
  private String[] kinds() {
    List<String> kinds = new ArrayList<>();
    Column id = table.ownId();
    boolean drawn = id != null && exclusion.columns().contains(id.name());
    if (!drawn && images.isKnownWhenCreated(exclusion.columns())) {
      kinds.add("c");
    }
    if (moves()) {
      kinds.add("u");
    }
    return kinds.toArray(String[]::new);
  }

  /** Whether an update can bring a row into conflict. */
  boolean moves() {
    Table definition = table.table();
    return PostgresDiffSql.updated(table).stream()
        .map(Column::name)
        .anyMatch(
            name ->
                exclusion.columns().contains(name)
                    || exclusion.columns().stream()
                        .anyMatch(c -> definition.requiredColumn(c).generated()));
  }

  /** Rows to be written, and rows kept by the target, which are in conflict. */
  String held(int limit) {
    return first(
        "SELECT w.%1$s, k.%1$s FROM (%2$s) AS w JOIN (%3$s) AS k ON %4$s"
            .formatted(
                KEY,
                elements(images.written(kinds())),
                elements(images.kept()),
                conflict("w", "k")),
        limit);
  }

  /**
   * The first rows of a query that has few or none. Told of the limit, the planner would hope to
   * come across them soon, and look at every pair of rows.
   */
  private static String first(String query, int limit) {
    return "WITH found (one, other) AS MATERIALIZED (%s) SELECT one, other FROM found LIMIT %d"
        .formatted(query, limit);
  }

  /** Pairs of rows to be written that are in conflict. */
  String clashing(boolean most, int limit) {
    String written = elements(images.written(kinds()));
    if (!exclusion.unique()) {
      return first(
          "SELECT w.%1$s, k.%1$s FROM (%2$s) AS w JOIN (%2$s) AS k ON %3$s AND %4$s"
              .formatted(KEY, written, conflict("w", "k"), images.differ("w", "k")),
          limit);
    }
    String values = String.join(", ", values("w"));
    String known =
        exclusion.nullsEqual()
            ? "true"
            : values("w").stream()
                .map(v -> v + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    // All staged rows hold all values that are to be written, and are looked through without a
    // join. Each row is listed once, with a neighbour: of many rows with one value there are too
    // many pairs. Where no value stands twice, nothing more is looked at.
    String sought =
        most ? images.staged(exclusion.columns()).map(this::elements).orElse(written) : written;
    return """
        WITH k AS MATERIALIZED (SELECT %3$s FROM (%6$s) AS w WHERE %7$s GROUP BY %3$s HAVING count(*) > 1)
        SELECT q.one, q.other
          FROM (SELECT w.%1$s AS one, coalesce(lag(w.%1$s) OVER same, lead(w.%1$s) OVER same) AS other
                  FROM (%2$s) AS w JOIN k ON %4$s
                 WHERE EXISTS (SELECT FROM k)
                WINDOW same AS (PARTITION BY %3$s ORDER BY w.%1$s)) AS q
         WHERE q.other IS NOT NULL LIMIT %5$d
        """
        .formatted(KEY, written, values, conflict("w", "k"), limit, sought, known);
  }

  /** Updated rows and those updated rows that become what they are now. */
  String contested(int limit) {
    return first("SELECT o.%1$s, n.%1$s %2$s".formatted(KEY, fromContested()), limit);
  }

  /** FROM and ON: {@code o} as it is, {@code n} as it will be. */
  String fromContested() {
    return "FROM (%s) AS o JOIN (%s) AS n ON %s AND %s"
        .formatted(
            elements(images.updating()),
            elements(images.written("u")),
            conflict("o", "n"),
            images.differ("o", "n"));
  }

  /** Of these rows those that the exclusion is about, with their elements. */
  String elements(String rows) {
    String predicate = exclusion.predicate();
    List<String> selected = new ArrayList<>();
    selected.add("r." + KEY);
    IntStream.range(0, table.match().size())
        .forEach(n -> selected.add("r." + PostgresImages.match(n)));
    List<String> expressions = new ArrayList<>();
    for (Exclusion.Element element : exclusion.elements()) {
      // The expression may fail for rows it is not meant for.
      expressions.add(
          predicate == null || element.column() != null
              ? element.expression()
              : "CASE WHEN " + predicate + " THEN " + element.expression() + " END");
    }
    if (exclusion.nullsEqual()) {
      selected.add("ROW(" + String.join(", ", expressions) + ") AS " + value(0));
    } else {
      IntStream.range(0, expressions.size())
          .forEach(n -> selected.add(expressions.get(n) + " AS " + value(n)));
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM ("
        + rows
        + ") AS r"
        + (predicate == null ? "" : " WHERE " + predicate);
  }

  /** Whether two rows' elements are in conflict. */
  String conflict(String left, String right) {
    if (exclusion.nullsEqual()) {
      // As records, in which one NULL equals another.
      return left + "." + value(0) + " OPERATOR(pg_catalog.=) " + right + "." + value(0);
    }
    return IntStream.range(0, exclusion.elements().size())
        .mapToObj(
            n ->
                "%s.%s %s %s.%s"
                    .formatted(
                        left, value(n), exclusion.elements().get(n).operator(), right, value(n)))
        .collect(Collectors.joining(" AND "));
  }

  private List<String> values(String alias) {
    int count = exclusion.nullsEqual() ? 1 : exclusion.elements().size();
    return IntStream.range(0, count).mapToObj(n -> alias + "." + value(n)).toList();
  }

  private static String value(int n) {
    return quote("travaso e" + n);
  }
}
