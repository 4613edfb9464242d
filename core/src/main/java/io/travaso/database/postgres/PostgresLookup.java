package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresRows.staged;
import static io.travaso.database.postgres.PostgresRows.stagedKeyText;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.NaturalKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the target's row of a reference is looked up: among the rows that are staged with it, where
 * its table is merged too, then in the target's table. Over staged rows {@code s}.
 */
final class PostgresLookup {
  private final Reference reference;
  private final NaturalKey key;
  private final int index;
  private final @Nullable String ids;

  /**
   * Looks up the reference of a written column.
   *
   * @param index the column's, among the written ones
   */
  PostgresLookup(Reference reference, int index, Lookups lookups) {
    this.reference = reference;
    this.key = reference.naturalKey();
    this.index = index;
    this.ids = lookups.ids().get(reference.target());
  }

  private String value(int k) {
    return "s." + SyncTable.referenceName(index, k);
  }

  private String refers() {
    return PostgresNatural.present(key, this::value);
  }

  String join() {
    String target = "f" + index;
    String joins =
        " LEFT JOIN "
            + PostgresNatural.rows(key, List.of(reference.targetColumn()))
            + " AS "
            + target
            + " ON "
            + PostgresNatural.same(key, this::value, k -> target + ".n" + k)
            + " AND "
            + refers();
    if (ids == null) {
      return joins;
    }
    String merged = "m" + index;
    return joins
        + " LEFT JOIN pg_temp."
        + quote(ids)
        + " AS "
        + merged
        + " ON "
        + PostgresNatural.same(key, this::value, k -> merged + ".n" + k)
        + " AND "
        + refers();
  }

  /** The key of the row that was found. */
  private String answer() {
    return ids == null
        ? "f" + index + ".id0"
        : "coalesce(m%1$d.%2$s, f%1$d.id0)".formatted(index, SyncTable.OWN_ID);
  }

  /** What the referencing column is to hold. */
  String found() {
    String found = answer();
    return reference.missing() instanceof Reference.Use use
        ? "CASE WHEN %1$s IS NULL AND %2$s THEN %3$s ELSE %1$s END"
            .formatted(found, refers(), literal(use.id()))
        : found;
  }

  /** The number of staged rows whose reference nobody answers to. */
  String unanswered(String staging) {
    return "SELECT count(*) FROM "
        + staged(staging)
        + join()
        + " WHERE "
        + refers()
        + " AND "
        + answer()
        + " IS NULL";
  }

  /** The staged rows whose reference nobody answers to: their key, then the natural key. */
  String missing(SyncTable table, String staging, int limit) {
    String natural =
        PostgresRows.keyText(
            IntStream.range(0, reference.match().size()).mapToObj(this::value).toList());
    return "SELECT "
        + stagedKeyText(table)
        + ", "
        + natural
        + " FROM "
        + staged(staging)
        + " WHERE "
        + refers()
        + " AND s."
        + SyncTable.stagingName(index)
        + " IS NULL LIMIT "
        + limit;
  }

  /** The staged rows whose reference would now be looked up as another. */
  String moved(SyncTable table, String staging, int limit) {
    return "SELECT "
        + stagedKeyText(table)
        + " FROM "
        + staged(staging)
        + join()
        + " WHERE "
        + refers()
        + " AND s."
        + SyncTable.stagingName(index)
        + "::text IS DISTINCT FROM ("
        + found()
        + ")::text LIMIT "
        + limit;
  }

  /**
   * The natural keys that are referenced and more than one row of the target has; none where
   * constraints see to it.
   */
  String ambiguous(String raw, int limit) {
    String values =
        IntStream.range(0, reference.match().size())
            .mapToObj(k -> "n" + k)
            .collect(Collectors.joining(", "));
    return "SELECT "
        + PostgresRows.keyText(
            IntStream.range(0, reference.match().size()).mapToObj(k -> "f.n" + k).toList())
        + " FROM (SELECT "
        + values
        + " FROM "
        + PostgresNatural.rows(key, List.of())
        + " AS r GROUP BY "
        + values
        + " HAVING count(*) > 1) AS f WHERE EXISTS (SELECT FROM "
        + staged(raw)
        + " WHERE "
        + PostgresNatural.same(key, this::value, k -> "f.n" + k)
        + " AND "
        + refers()
        + ") LIMIT "
        + limit;
  }
}
