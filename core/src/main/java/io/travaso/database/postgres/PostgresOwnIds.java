package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.staged;

import io.travaso.table.Column;
import io.travaso.table.NaturalKey;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids that the target gives the rows of a table that is matched by meaning: a temporary table
 * with the natural key {@code n0…}, the id {@code own} and {@code fresh}, whether the row is new.
 *
 * <p>A new row has a provisional id until the merge draws one from the sequence: above all that are
 * there, so that it is nobody's, and constraints can be tried on it. A plan moves no sequence.
 * Whoever takes it until then changes what differs, and so the plan.
 */
final class PostgresOwnIds {
  private final SyncTable table;
  private final NaturalKey key;
  private final Column id;

  PostgresOwnIds(SyncTable table) {
    this.table = table;
    this.key = table.naturalKey();
    this.id = Objects.requireNonNull(table.ownId());
  }

  String create(String raw, String ids) {
    List<String> values = PostgresRows.naturalKey(table);
    String named =
        IntStream.range(0, values.size())
            .mapToObj(k -> values.get(k) + " AS n" + k)
            .collect(Collectors.joining(", "));
    return "CREATE TEMPORARY TABLE "
        + quote(ids)
        + " AS SELECT "
        + named
        + ", CASE WHEN t.id0 IS NULL THEN "
        + provisional(String.join(", ", values))
        + " ELSE t.id0 END AS "
        + SyncTable.OWN_ID
        + ", t.id0 IS NULL AS fresh FROM "
        + staged(raw)
        + " LEFT JOIN "
        + PostgresNatural.rows(key, List.of(id))
        + " AS t ON "
        + PostgresNatural.same(key, values::get, k -> "t.n" + k);
  }

  private String provisional(String order) {
    if (id.isUuid()) {
      // Version 4, variant 1, as gen_random_uuid() makes them since PostgreSQL 13.
      return "overlay(overlay(md5(random()::text || clock_timestamp()::text || random()::text)"
          + " PLACING '4' FROM 13) PLACING to_hex(8 + floor(random() * 4)::int) FROM 17)::uuid";
    }
    String highest =
        "(SELECT coalesce(greatest(max(%s), 0), 0) FROM %s)"
            .formatted(quote(id.name()), relation(table.table()));
    return "(%s + row_number() OVER (PARTITION BY t.id0 IS NULL ORDER BY %s))::%s"
        .formatted(highest, order, id.type());
  }

  /** The natural keys that are loaded more than once. */
  String duplicates(String ids, int limit) {
    List<String> values = IntStream.range(0, key.columns().size()).mapToObj(k -> "n" + k).toList();
    return "SELECT %s FROM pg_temp.%s GROUP BY %s HAVING count(*) > 1 LIMIT %d"
        .formatted(PostgresRows.keyText(values), quote(ids), String.join(", ", values), limit);
  }

  /** The natural keys whose row in the target is another one by now, or came or went. */
  String moved(String ids, int limit) {
    List<String> values =
        IntStream.range(0, key.columns().size()).mapToObj(k -> "o.n" + k).toList();
    return "SELECT %s FROM pg_temp.%s AS o LEFT JOIN %s AS t ON %s WHERE t.id0 IS DISTINCT FROM CASE WHEN o.fresh THEN NULL ELSE o.%s END LIMIT %d"
        .formatted(
            PostgresRows.keyText(values),
            quote(ids),
            PostgresNatural.rows(key, List.of(id)),
            PostgresNatural.same(key, values::get, k -> "t.n" + k),
            SyncTable.OWN_ID,
            limit);
  }

  /** Joins the ids to loaded rows. */
  static String join(SyncTable table, String ids) {
    List<String> values = PostgresRows.naturalKey(table);
    return " LEFT JOIN pg_temp."
        + quote(ids)
        + " AS o ON "
        + PostgresNatural.same(table.naturalKey(), values::get, k -> "o.n" + k);
  }

  /** Draws the ids of the new rows, in the order of their keys. */
  String draw(String ids, String drawn) {
    Supplier<IllegalStateException> none =
        () -> new IllegalStateException(table.id() + " has no sequence");
    TableId sequence = Optional.ofNullable(id.sequence()).orElseThrow(none);
    return """
        CREATE TEMPORARY TABLE %1$s AS
        SELECT own AS provisional, nextval(%2$s::regclass)::%3$s AS drawn
          FROM (SELECT own FROM pg_temp.%4$s WHERE fresh ORDER BY own) AS o
        """
        .formatted(quote(drawn), literal(quote(sequence)), id.type(), quote(ids));
  }

  /** Puts the ids that were drawn in the place of the provisional ones. */
  static String renumber(String temporaryTable, String column, String drawn) {
    return "UPDATE pg_temp.%1$s AS x SET %2$s = n.drawn FROM pg_temp.%3$s AS n WHERE x.%2$s = n.provisional"
        .formatted(quote(temporaryTable), column, quote(drawn));
  }
}
