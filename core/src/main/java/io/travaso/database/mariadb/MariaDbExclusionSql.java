package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbImages.ASKED;
import static io.travaso.database.mariadb.MariaDbImages.KEY;
import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.Exclusion;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The queries for rows that may not stand beside each other: all of MariaDB's exclusions are unique
 * keys, in which NULL conflicts with nothing.
 */
final class MariaDbExclusionSql {
  private final Exclusion exclusion;
  private final SyncTable table;
  private final MariaDbImages images;

  MariaDbExclusionSql(Work work, Exclusion exclusion) {
    this.exclusion = exclusion;
    this.table = work.table();
    this.images = new MariaDbImages(work);
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
    return MariaDbDiffSql.updated(table).stream()
        .map(Column::name)
        .anyMatch(
            name ->
                exclusion.columns().contains(name)
                    || exclusion.columns().stream()
                        .anyMatch(c -> definition.requiredColumn(c).generated()));
  }

  /** Rows to be written, and rows kept by the target, which are in conflict. */
  String held(int limit) {
    return ASKED
        + "SELECT w.%1$s, k.%1$s FROM (%2$s) AS w JOIN (%3$s) AS k ON %4$s LIMIT %5$d"
            .formatted(
                KEY,
                elements(images.written(kinds())),
                elements(images.kept()),
                conflict("w", "k"),
                limit);
  }

  /** Pairs of rows to be written that are in conflict. */
  String clashing(boolean most, int limit) {
    String written = elements(images.written(kinds()));
    String values = String.join(", ", values("w"));
    String known =
        values("w").stream().map(MariaDbRows::isNotNull).collect(Collectors.joining(" AND "));
    // All staged rows hold all values that are to be written, and are looked through without a
    // join. Each row is listed once, with a neighbour: of many rows with one value there are too
    // many pairs.
    String sought =
        most ? images.staged(exclusion.columns()).map(this::elements).orElse(written) : written;
    return ASKED
        + """
        SELECT q.one, q.other
          FROM (SELECT w.%1$s AS one, COALESCE(LAG(w.%1$s) OVER same, LEAD(w.%1$s) OVER same) AS other
                  FROM (SELECT SQL_BIG_RESULT %3$s FROM (%6$s) AS w WHERE %7$s GROUP BY %3$s HAVING COUNT(*) > 1) AS k
                  JOIN (%2$s) AS w ON %4$s
                WINDOW same AS (PARTITION BY %3$s ORDER BY w.%1$s)) AS q
         WHERE q.other IS NOT NULL LIMIT %5$d
        """
            .formatted(KEY, written, values, conflict("w", "k"), limit, sought, known);
  }

  /** Updated rows and those updated rows that become what they are now. */
  String contested(int limit) {
    return ASKED + "SELECT o.%1$s, n.%1$s %2$s LIMIT %3$d".formatted(KEY, fromContested(), limit);
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

  /** These rows with the exclusion's elements. */
  String elements(String rows) {
    List<String> selected = new ArrayList<>();
    selected.add("r." + KEY);
    IntStream.range(0, table.match().size())
        .forEach(n -> selected.add("r." + MariaDbImages.match(n)));
    IntStream.range(0, exclusion.elements().size())
        .forEach(n -> selected.add(exclusion.elements().get(n).expression() + " AS " + value(n)));
    return "SELECT " + String.join(", ", selected) + " FROM (" + rows + ") AS r" + apart();
  }

  /**
   * What makes the rows a table of their own, which is given an index on its elements: those of a
   * table can't be found by the beginning of a value.
   */
  private String apart() {
    return exclusion.isPlain() ? "" : " LIMIT " + Long.MAX_VALUE;
  }

  /** Whether two rows' elements are in conflict. */
  String conflict(String left, String right) {
    return IntStream.range(0, exclusion.elements().size())
        .mapToObj(
            n ->
                "%s.%s %s %s.%s"
                    .formatted(
                        left, value(n), exclusion.elements().get(n).operator(), right, value(n)))
        .collect(Collectors.joining(" AND "));
  }

  private List<String> values(String alias) {
    return IntStream.range(0, exclusion.elements().size())
        .mapToObj(n -> alias + "." + value(n))
        .toList();
  }

  private static String value(int n) {
    return quote("travaso e" + n);
  }
}
