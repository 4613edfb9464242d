package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.stagedMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.stagedValue;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;

import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Django's serializer makes of values, in SQL. Seen with Django 3.2 and mysqlclient: {@code
 * DjangoJSONEncoder} cuts datetimes and times after the milliseconds; the driver has None for dates
 * with a month or a day 0; JSON's null is written as NULL is, and documents as Python spells them.
 */
final class MariaDbDjangoSql {
  private MariaDbDjangoSql() {}

  /**
   * Sets staged values to the target's where Django would write both as one; empty for a table that
   * has none of the types concerned.
   */
  static Optional<String> restore(SyncTable table, String staging) {
    return restore(table, staging, MariaDbDjangoSql::same);
  }

  /** The same where both are documents that differ in their spelling alone. */
  static Optional<String> restoreSpelling(SyncTable table, String staging) {
    return restore(
        table,
        staging,
        (column, t, s) -> isDocument(column) ? Optional.of(spelled(t, s)) : Optional.empty());
  }

  /** Whether a staged value is taken for the target's. */
  private interface Sameness {
    Optional<String> of(Column column, String target, String staged);
  }

  private static Optional<String> restore(SyncTable table, String staging, Sameness sameness) {
    List<String> sets = new ArrayList<>();
    List<String> any = new ArrayList<>();
    for (Column column : table.written()) {
      if (table.match().contains(column)) {
        continue;
      }
      String target = targetValue(column);
      String staged = stagedValue(table, column);
      sameness
          .of(column, target, staged)
          .ifPresent(
              same -> {
                sets.add(
                    "%1$s = CASE WHEN %2$s THEN %3$s ELSE %1$s END"
                        .formatted(staged, same, target));
                any.add(same);
              });
    }
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "UPDATE %s JOIN %s AS t ON %s SET %s WHERE %s"
                .formatted(
                    MariaDbRows.staged(staging),
                    quote(table.id()),
                    stagedMatchesTarget(table),
                    String.join(", ", sets),
                    String.join(" OR ", any)));
  }

  /** Whether a value of the target is written as the staged one is, though it is another. */
  private static Optional<String> same(Column column, String t, String s) {
    String type = column.type();
    if (type.startsWith("datetime") || type.startsWith("timestamp") || type.equals("date")) {
      return Optional.of(moment(t, s));
    }
    if (type.startsWith("time")) {
      return Optional.of(
          "(%1$s BETWEEN '00:00:00' AND '23:59:59.999999' AND MICROSECOND(%1$s) MOD 1000 <> 0 AND %3$s = %2$s)"
              .formatted(t, s, milliseconds(t)));
    }
    return isDocument(column) ? Optional.of(document(t, s)) : Optional.empty();
  }

  private static boolean isDocument(Column column) {
    return switch (column.kind()) {
      case JSON_TEXT, JSON_DOCUMENT -> true;
      default -> false;
    };
  }

  private static String moment(String t, String s) {
    return """
    CASE WHEN MONTH(%1$s) = 0 OR DAYOFMONTH(%1$s) = 0 THEN %2$s IS NULL
      WHEN MICROSECOND(%1$s) MOD 1000 <> 0 THEN %3$s = %2$s ELSE FALSE END\
    """
        .formatted(t, s, milliseconds(t));
  }

  private static String milliseconds(String t) {
    return "%1$s - INTERVAL (MICROSECOND(%1$s) MOD 1000) MICROSECOND".formatted(t);
  }

  /**
   * Equal but for their spelling; numbers that a double could not tell apart, and texts that are
   * escaped, count as they are spelled. MariaDB 10.6 only knows to leave out blanks.
   */
  private static String spelled(String t, String s) {
    return """
    (BINARY %1$s <> BINARY %2$s AND (BINARY JSON_COMPACT(%1$s) = BINARY JSON_COMPACT(%2$s)
        /*M!100700 OR CONCAT(%1$s, %2$s) NOT REGEXP '[0-9][0-9.]{15}|[eE][+-]?[0-9]{3}' AND JSON_EQUALS(%1$s, %2$s) */))\
    """
        .formatted(t, s);
  }

  private static String document(String t, String s) {
    return "(%1$s OR %3$s IS NULL AND TRIM(%2$s) = 'null')".formatted(spelled(t, s), t, s);
  }
}
