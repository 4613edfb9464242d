package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.table.Column;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.math.BigDecimal;
import java.math.BigInteger;
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
        .ifPresent(needed -> setValue(session, sequence, needed.value().toBigInteger()));
  }

  /** Moves a rising sequence forward to a number, or on to the next it can come by. */
  static void moveTo(Handle session, TableId sequence, long number) {
    session
        .createQuery(
            "SELECT CASE WHEN q.increment < 2 THEN %d ELSE %s END FROM %s AS q"
                .formatted(number, inClass(Long.toString(number)), quote(sequence)))
        .mapTo(BigDecimal.class)
        .forEach(value -> setValue(session, sequence, value.toBigInteger()));
  }

  private static void setValue(Handle session, TableId sequence, BigInteger value) {
    // Where it is further already it stays there, and the answer is NULL.
    session
        .createQuery("SELECT SETVAL(%s, %s)".formatted(quote(sequence), value))
        .mapTo(String.class)
        .list();
  }

  /**
   * The least number that is not below another, and that a rising sequence {@code q} can come by
   * from its start on, so that one that draws every second number goes on with the same ones.
   */
  private static String inClass(String number) {
    return "LEAST(%1$s + MOD(MOD(CAST(q.start_value AS DECIMAL(65)) - %1$s, q.increment) + q.increment, q.increment), q.maximum_value)"
        .formatted(number);
  }

  private static Optional<Needed> needed(
      Handle session, Table table, Column column, TableId sequence) {
    return session
        .createQuery(
            """
            SELECT CASE WHEN q.increment < 0 THEN GREATEST(c.lowest, q.minimum_value)
                   WHEN q.increment < 2 THEN LEAST(c.highest, q.maximum_value)
                   ELSE %4$s END
              FROM %1$s AS q, (SELECT MAX(%2$s) AS highest, MIN(%2$s) AS lowest FROM %3$s) AS c
             WHERE c.highest >= q.minimum_value AND c.lowest <= q.maximum_value
            """
                .formatted(
                    quote(sequence),
                    quote(column.name()),
                    quote(table.id()),
                    inClass("LEAST(c.highest, q.maximum_value)")))
        .mapTo(BigDecimal.class)
        .findOne()
        .map(Needed::new);
  }
}
