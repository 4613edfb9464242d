package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.stagedMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.stagedValue;
import static io.travaso.database.postgres.PostgresRows.targetValue;

import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Django's serializer makes of values, in SQL. Seen with Django 3.2 and psycopg2: {@code
 * DjangoJSONEncoder} cuts datetimes and times after the milliseconds; the driver has the largest
 * date and datetime for infinity, the smallest for -infinity, and days alone for an interval's
 * years (365) and months (30); JSON's null is written as NULL is, and JSON's numbers as Python's.
 */
final class PostgresDjangoSql {
  private PostgresDjangoSql() {}

  /**
   * Sets staged values to the target's where Django would write both as one; empty for a table that
   * has none of the types concerned.
   */
  static Optional<String> restore(SyncTable table, String staging) {
    return restore(table, staging, PostgresDjangoSql::same);
  }

  /** The same where both values are equal: 1.0 and 1.00, also in documents. */
  static Optional<String> restoreSpelling(SyncTable table, String staging) {
    return restore(table, staging, PostgresDjangoSql::equal);
  }

  private static Optional<String> equal(Column column, String t, String s) {
    boolean number = column.kind() == ValueKind.TEXT && column.type().startsWith("numeric");
    return number || column.kind() == ValueKind.JSON_DOCUMENT
        ? Optional.of("(%1$s::text <> %2$s::text AND %1$s = %2$s)".formatted(t, s))
        : Optional.empty();
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
                String name = table.stagingName(column);
                sets.add(
                    "%s = CASE WHEN %s THEN %s ELSE %s END".formatted(name, same, target, staged));
                any.add(same);
              });
    }
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "UPDATE pg_temp.%s AS s SET %s FROM %s AS t WHERE %s AND (%s)"
                .formatted(
                    quote(staging),
                    String.join(", ", sets),
                    relation(table.table()),
                    stagedMatchesTarget(table),
                    String.join(" OR ", any)));
  }

  /** Whether a value of the target is written as the staged one is, though it is another. */
  private static Optional<String> same(Column column, String t, String s) {
    String type = column.type();
    String same =
        switch (column.kind()) {
          case TIMESTAMP -> timestamp(t, s);
          case JSON_DOCUMENT ->
              "(%1$s::text <> %2$s::text AND %1$s = %2$s OR %1$s = 'null' AND %2$s IS NULL)"
                  .formatted(t, s);
          case TEXT -> text(type, t, s);
          case INTEGER, FLOAT, BOOLEAN, BOOLEAN_NUMBER, BYTES, JSON_TEXT, ARRAY, RANGE, HSTORE ->
              "";
        };
    return same.isEmpty() ? Optional.empty() : Optional.of(same);
  }

  private static String timestamp(String t, String s) {
    return """
        (%1$s <> %2$s AND CASE WHEN %1$s = 'infinity' THEN %2$s = '9999-12-31 23:59:59.999'
          WHEN %1$s = '-infinity' THEN %2$s = '0001-01-01 00:00:00'
          ELSE date_trunc('milliseconds', %1$s) = %2$s END)"""
        .formatted(t, s);
  }

  private static String text(String type, String t, String s) {
    if (type.equals("date")) {
      return """
          (%1$s = 'infinity' AND %2$s = '9999-12-31' OR %1$s = '-infinity' AND %2$s = '0001-01-01')"""
          .formatted(t, s);
    }
    if (type.startsWith("time ") || type.startsWith("time(")) {
      // Of 24:00 nothing is cut; as a time of day it would become 00:00.
      return type.endsWith("without time zone")
          ? """
            (%1$s <> %2$s AND date_trunc('milliseconds', date '2000-01-01' + %1$s)
              = date '2000-01-01' + %2$s)"""
              .formatted(t, s)
          : "";
    }
    if (type.startsWith("interval") && !type.endsWith("]")) {
      return """
          (%1$s::text <> %2$s::text AND make_interval(
            days => (extract(year FROM %1$s) * 365 + extract(month FROM %1$s) * 30
              + extract(day FROM %1$s))::int,
            secs => extract(hour FROM %1$s) * 3600 + extract(minute FROM %1$s) * 60
              + extract(second FROM %1$s)) = %2$s)"""
          .formatted(t, s);
    }
    return "";
  }
}
