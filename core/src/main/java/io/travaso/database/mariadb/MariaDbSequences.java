package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.math.BigDecimal;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Moves sequences forward. AUTO_INCREMENT needs none of it: InnoDB moves it with every row that is
 * inserted or updated, and never back (tried on 10.11).
 */
final class MariaDbSequences {
  private MariaDbSequences() {}

  /** Where a sequence would have to be, if there are rows at all. */
  private record Needed(BigDecimal value) {}

  static void advance(Handle session, Table table, Column column, TableId sequence) {
    if (sequence.equals(table.id())) {
      return;
    }
    needed(session, table, column, sequence)
        .ifPresent(
            needed ->
                // Where it is further already it stays there, and the answer is NULL.
                session
                    .createQuery(
                        "SELECT SETVAL(%s, %s)"
                            .formatted(quote(sequence), needed.value().toBigInteger()))
                    .mapTo(String.class)
                    .list());
  }

  private static Optional<Needed> needed(
      Handle session, Table table, Column column, TableId sequence) {
    return session
        .createQuery(
            """
            SELECT CASE WHEN q.increment < 0 THEN GREATEST(c.lowest, q.minimum_value)
                   ELSE LEAST(c.highest, q.maximum_value) END
              FROM %1$s AS q, (SELECT MAX(%2$s) AS highest, MIN(%2$s) AS lowest FROM %3$s) AS c
             WHERE c.highest >= q.minimum_value AND c.lowest <= q.maximum_value
            """
                .formatted(quote(sequence), quote(column.name()), quote(table.id())))
        .mapTo(BigDecimal.class)
        .findOne()
        .map(Needed::new);
  }
}
