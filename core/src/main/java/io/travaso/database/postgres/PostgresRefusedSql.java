package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;

import io.travaso.database.MergeSql.Work;
import io.travaso.table.Check;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The query for rows that NOT NULL and CHECK constraints refuse. */
final class PostgresRefusedSql {
  private final SyncTable table;
  private final PostgresImages images;

  PostgresRefusedSql(Work work) {
    this.table = work.table();
    this.images = new PostgresImages(work);
  }

  /** What refuses a row, and when. */
  private record Refusal(String what, String when) {}

  Optional<String> query(int limit) {
    List<Refusal> refusals = refusals();
    if (refusals.isEmpty()) {
      return Optional.empty();
    }
    String any = refusals.stream().map(Refusal::when).collect(Collectors.joining(" OR "));
    String each =
        refusals.stream()
            .map(r -> "(" + literal(r.what()) + ", " + r.when() + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        """
        SELECT q.%1$s, v."travaso what"
          FROM (SELECT * FROM (%2$s) AS r WHERE %3$s) AS q
         CROSS JOIN LATERAL (VALUES %4$s) AS v("travaso what", "travaso refused")
         WHERE v."travaso refused" LIMIT %5$d
        """
            .formatted(PostgresImages.KEY, images.written("c", "u"), any, each, limit));
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (Column column : table.table().columns()) {
      if (!column.nullable() && !table.match().contains(column) && !isLookedUp(column)) {
        // Not IS NULL, which is also true of a composite of NULLs.
        refusals.add(
            refusal(
                column.name() + " is NULL",
                quote(column.name()) + " IS NOT DISTINCT FROM NULL",
                Set.of(column.name())));
      }
    }
    for (Check check : table.table().constraints().checks()) {
      refusals.add(
          refusal(
              check.name().isEmpty() ? "no partition takes it" : "refused by " + check.name(),
              "(" + check.expression() + ") IS FALSE",
              check.columns()));
    }
    return refusals;
  }

  /** What is missing behind a reference is told as such. */
  private boolean isLookedUp(Column column) {
    return table.fields().stream()
        .anyMatch(f -> f.column().equals(column) && f.reference() != null);
  }

  private Refusal refusal(String what, String broken, Set<String> columns) {
    String when =
        images.isKnownWhenCreated(columns) ? broken : PostgresImages.KIND + " = 'u' AND " + broken;
    return new Refusal(what, "(" + when + ")");
  }
}
