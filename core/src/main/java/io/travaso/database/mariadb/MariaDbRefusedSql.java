package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.isNull;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Check;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The query for rows that NOT NULL and CHECK constraints refuse. */
final class MariaDbRefusedSql {
  private static final String NUMBER = quote("travaso n");

  private final SyncTable table;
  private final MariaDbImages images;

  MariaDbRefusedSql(Work work) {
    this.table = work.table();
    this.images = new MariaDbImages(work);
  }

  /** What refuses a row, and when. */
  private record Refusal(String what, String when) {}

  Optional<String> query(int limit) {
    List<Refusal> refusals = refusals();
    if (refusals.isEmpty()) {
      return Optional.empty();
    }
    String any = refusals.stream().map(Refusal::when).collect(Collectors.joining(" OR "));
    String whats = refusals.stream().map(r -> literal(r.what())).collect(Collectors.joining(", "));
    String each =
        IntStream.range(0, refusals.size())
            .mapToObj(n -> "WHEN " + (n + 1) + " THEN " + refusals.get(n).when())
            .collect(Collectors.joining(" "));
    String numbers =
        IntStream.rangeClosed(1, refusals.size())
            .mapToObj(n -> "SELECT " + n + " AS " + NUMBER)
            .collect(Collectors.joining(" UNION ALL "));
    return Optional.of(
        MariaDbImages.ASKED
            + """
            SELECT q.%1$s, ELT(v.%2$s, %3$s)
              FROM (SELECT * FROM (%4$s) AS r WHERE %5$s) AS q
              JOIN (%6$s) AS v
             WHERE CASE v.%2$s %7$s END LIMIT %8$d
            """
                .formatted(
                    MariaDbImages.KEY,
                    NUMBER,
                    whats,
                    images.written("c", "u"),
                    any,
                    numbers,
                    each,
                    limit));
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (Column column : table.table().columns()) {
      if (!column.nullable()
          && !table.match().contains(column)
          && !isLookedUp(column)
          && isThere(column.name())) {
        refusals.add(
            refusal(
                column.name() + " is NULL", isNull(quote(column.name())), Set.of(column.name())));
      }
    }
    for (Check check : table.table().constraints().checks()) {
      if (check.columns().stream().allMatch(this::isThere)) {
        refusals.add(
            refusal(
                check.name().isEmpty() ? "no partition takes it" : "refused by " + check.name(),
                "(" + check.expression() + ") IS FALSE",
                check.columns()));
      }
    }
    return refusals;
  }

  /** Not what the server alone knows: since when and until when a row is the present one. */
  private boolean isThere(String column) {
    return !table.table().requiredColumn(column).generated()
        || table.table().constraints().generated().containsKey(column);
  }

  /** What is missing behind a reference is told as such. */
  private boolean isLookedUp(Column column) {
    return table.fields().stream()
        .anyMatch(f -> f.column().equals(column) && f.reference() != null);
  }

  private Refusal refusal(String what, String broken, Set<String> columns) {
    String when =
        images.isKnownWhenCreated(columns) ? broken : MariaDbImages.KIND + " = 'u' AND " + broken;
    return new Refusal(what, "(" + when + ")");
  }
}
