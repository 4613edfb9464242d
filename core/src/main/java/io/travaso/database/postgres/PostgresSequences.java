package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;

/** Where a sequence is, and where it would have to be for what its column holds. */
final class PostgresSequences {
  /**
   * The value it would have to have; over {@link #behind}. The next one comes an increment later,
   * so that a sequence that draws every second number goes on with the same ones.
   */
  static final String NEEDED =
      "CASE WHEN q.seqincrement > 0 THEN "
          + inClass("least(c.highest, q.seqmax)::numeric")
          + " ELSE greatest(c.lowest, q.seqmin) END";

  private PostgresSequences() {}

  /**
   * The least number that is not below another, and that a rising sequence {@code q} can come by
   * from its start on.
   */
  static String inClass(String number) {
    return "least(%1$s + mod(mod(q.seqstart - %1$s, q.seqincrement) + q.seqincrement, q.seqincrement), q.seqmax)::bigint"
        .formatted(number);
  }

  /**
   * FROM and WHERE: one row where the sequence is behind, none where it is not. The casts to
   * numeric matter: {@code ceil(bigint)} is that of double precision, and off by one from 2^53 on.
   */
  static String behind(Table table, Column column, TableId sequence) {
    return """

      FROM pg_catalog.pg_sequence AS q,
           %1$s AS s,
           (SELECT ceil(max(%2$s)::numeric)::bigint AS highest, floor(min(%2$s)::numeric)::bigint AS lowest
              FROM %3$s WHERE %2$s BETWEEN -9223372036854775807 AND 9223372036854775806) AS c
     WHERE q.seqrelid = %4$s::regclass
       AND CASE WHEN q.seqincrement > 0
             THEN c.highest > s.last_value OR c.highest = s.last_value AND NOT s.is_called
             ELSE c.lowest < s.last_value OR c.lowest = s.last_value AND NOT s.is_called END
    """
        .formatted(
            quote(sequence), quote(column.name()), relation(table), literal(quote(sequence)));
  }
}
