package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.isNull;
import static io.travaso.database.mariadb.MariaDbRows.keyText;
import static io.travaso.database.mariadb.MariaDbRows.natural;
import static io.travaso.database.mariadb.MariaDbRows.staged;
import static io.travaso.database.mariadb.MariaDbRows.stagedKeyText;

import io.travaso.database.MergeSql.Lookups;
import io.travaso.table.Column;
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
final class MariaDbLookup {
  private final Column column;
  private final Reference reference;
  private final NaturalKey key;
  private final int index;
  private final @Nullable String ids;

  /**
   * Looks up the reference of a written column.
   *
   * @param index the column's, among the written ones
   */
  MariaDbLookup(Column column, Reference reference, int index, Lookups lookups) {
    this.column = column;
    this.reference = reference;
    this.key = reference.naturalKey();
    this.index = index;
    this.ids = lookups.ids().get(reference.target());
  }

  private String value(int k) {
    return "s." + SyncTable.referenceName(index, k);
  }

  private String refers() {
    return MariaDbNatural.present(key, this::value);
  }

  /** What stands before a statement that joins. */
  String hint() {
    return MariaDbNatural.hint(key);
  }

  String join() {
    String target = "f" + index;
    String joins =
        " LEFT JOIN "
            + MariaDbNatural.rows(key, List.of(reference.targetColumn()))
            + " AS "
            + target
            + " ON "
            + MariaDbNatural.same(key, this::value, k -> target + ".n" + k)
            + " AND "
            + refers();
    if (ids == null) {
      return joins;
    }
    String merged = "m" + index;
    return joins
        + " LEFT JOIN "
        + quote(ids)
        + " AS "
        + merged
        + " ON "
        + MariaDbNatural.same(key, this::value, k -> merged + ".n" + k)
        + " AND "
        + refers();
  }

  /** The key of the row that was found. */
  private String answer() {
    return ids == null
        ? "f" + index + ".id0"
        : "COALESCE(m%1$d.%2$s, f%1$d.id0)".formatted(index, SyncTable.OWN_ID);
  }

  /** What the referencing column is to hold. */
  String found() {
    String found = answer();
    return reference.missing() instanceof Reference.Use use
        ? "CASE WHEN %s AND %s THEN %s ELSE %s END"
            .formatted(
                isNull(found), refers(), MariaDbCasts.cast(literal(use.id()), column.type()), found)
        : found;
  }

  /** The number of staged rows whose reference nobody answers to. */
  String unanswered(String staging) {
    return hint()
        + "SELECT COUNT(*) FROM "
        + staged(staging)
        + join()
        + " WHERE "
        + refers()
        + " AND "
        + isNull(answer());
  }

  /** The staged rows whose reference nobody answers to: their key, then the natural key. */
  String missing(SyncTable table, String staging, int limit) {
    return "SELECT "
        + stagedKeyText(table)
        + ", "
        + keyText(natural(reference, this::value))
        + " FROM "
        + staged(staging)
        + " WHERE "
        + refers()
        + " AND "
        + isNull("s." + SyncTable.stagingName(index))
        + " LIMIT "
        + limit;
  }

  /** The staged rows whose reference would now be looked up as another. */
  String moved(SyncTable table, String staging, int limit) {
    return hint()
        + "SELECT "
        + stagedKeyText(table)
        + " FROM "
        + staged(staging)
        + join()
        + " WHERE "
        + refers()
        + " AND "
        + MariaDbRows.differs(column, "s." + SyncTable.stagingName(index), found())
        + " LIMIT "
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
    return hint()
        + "SELECT DISTINCT "
        + keyText(natural(reference, k -> "f.n" + k))
        + " FROM (SELECT SQL_BIG_RESULT "
        + values
        + " FROM "
        + MariaDbNatural.rows(key, List.of())
        + " AS r GROUP BY "
        + values
        + " HAVING COUNT(*) > 1) AS f JOIN "
        + staged(raw)
        + " ON "
        + MariaDbNatural.same(key, this::value, k -> "f.n" + k)
        + " AND "
        + refers()
        + " LIMIT "
        + limit;
  }
}
