package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.SyncException;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.KeyTexts;
import io.travaso.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The one statement that gives rows fresh keys, with all that reference them: foreign keys are
 * checked, and their actions run, when the whole statement ends. By then no row holds an old key,
 * so that CASCADE, SET NULL and RESTRICT find nothing to do.
 *
 * <p>A column that is GENERATED ALWAYS AS IDENTITY can only be told to draw its DEFAULT. The rows
 * come to that in the order of their fresh keys, which the sequence gives in this order; that they
 * got them is looked at.
 */
final class PostgresKeyMove {
  private final Handle session;
  private final KeyTexts texts;
  private final Column key;
  private final List<HeldKeys> holdings;
  private final Map<Long, Long> fresh;
  private final List<String> queries = new ArrayList<>();

  PostgresKeyMove(
      Handle session, KeyTexts texts, Column key, List<HeldKeys> holdings, Map<Long, Long> fresh) {
    this.session = session;
    this.texts = texts;
    this.key = key;
    this.holdings = holdings;
    this.fresh = fresh;
  }

  List<Long> write() {
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < holdings.size(); i++) {
      HeldKeys holding = holdings.get(i);
      // The first is the one whose keys they are.
      counts.add(
          key.identityAlways() && i == 0
              ? drawn(holding)
              : written(update(holding, holding.holders(), "")));
    }
    if (key.identityAlways()) {
      long first = fresh.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      String sequence = literal(quote(Objects.requireNonNull(key.sequence())));
      session
          .createQuery("SELECT setval(" + sequence + ", " + first + ", false)")
          .mapTo(Long.class)
          .list();
      // The planner is left no way but row by row, in the order of the list.
      session.execute(
          "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
              + " SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off");
    }
    List<Long> rows =
        List.of(
            session
                .createQuery(
                    "WITH "
                        + String.join(", ", queries)
                        + " SELECT ARRAY["
                        + String.join(", ", counts)
                        + "]")
                .mapTo(Long[].class)
                .one());
    if (key.identityAlways()) {
      session.execute(
          "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on;"
              + " SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on");
      if (rows.get(0) < 0) {
        throw SyncException.failed(
            "The database drew other keys than planned; nothing was written",
            "Somebody else drew keys meanwhile. Run the command again.");
      }
    }
    return rows;
  }

  private String query(String body) {
    String name = "written" + queries.size();
    queries.add(name + " AS (" + body + ")");
    return name;
  }

  private String written(String update) {
    return "(SELECT count(*) FROM " + query(update + " RETURNING 1") + ")";
  }

  private String update(HeldKeys holding, List<Holder> holders, String more) {
    return "UPDATE %s AS x SET %s WHERE (%s)%s"
        .formatted(
            relation(holding.table()),
            sets(holders),
            texts.any(new HeldKeys(holding.table(), holders, holding.compared()), fresh.keySet()),
            more);
  }

  private String sets(List<Holder> holders) {
    return holders.stream()
        .map(
            h ->
                "%s = (%s)::%s"
                    .formatted(quote(h.column().name()), texts.fresh(h, fresh), h.column().type()))
        .collect(Collectors.joining(", "));
  }

  /** The rows written; less than none where one drew another key than it was to. */
  private String drawn(HeldKeys holding) {
    List<Holder> others = holding.holders().stream().filter(h -> !holding.isOwn(h)).toList();
    String list =
        fresh.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(e -> "(" + e.getKey() + "::bigint, " + e.getValue() + "::bigint)")
            .collect(Collectors.joining(", "));
    String own = "x." + quote(key.name());
    String rows =
        query(
            "UPDATE %s AS x SET %s = DEFAULT%s FROM (SELECT v.old, v.fresh FROM (VALUES %s) AS v(old, fresh) ORDER BY v.fresh) AS m WHERE %s = m.old RETURNING %s = m.fresh AS planned"
                .formatted(
                    relation(holding.table()),
                    quote(key.name()),
                    others.isEmpty() ? "" : ", " + sets(others),
                    list,
                    own,
                    own));
    String count =
        "(SELECT CASE WHEN bool_and(planned) THEN count(*) ELSE -1000000000000000000 END FROM "
            + rows
            + ")";
    if (others.isEmpty()) {
      return count;
    }
    String keys = fresh.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return count
        + " + "
        + written(update(holding, others, " AND " + own + " NOT IN (" + keys + ")"));
  }
}
