package io.travaso.database;

import io.travaso.database.HeldKeys.Bond;
import io.travaso.database.HeldKeys.Generic;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.HeldKeys.Through;
import io.travaso.table.Column;
import io.travaso.table.ValueKind;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions and values over rows {@code x} that hold keys, in words that all engines know. */
public final class KeyTexts {
  private final Dialect dialect;

  public KeyTexts(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Whether a row holds one of these keys in any column. */
  public String any(HeldKeys holding, Collection<Long> keys) {
    return holding.holders().stream()
        .map(h -> "(" + holds(h, keys) + ")")
        .collect(Collectors.joining(" OR "));
  }

  /** Whether a row holds one of these keys in a column. */
  public String holds(Holder holder, Collection<Long> keys) {
    String in =
        "%s IN (%s)"
            .formatted(
                value(holder.column()),
                keys.stream()
                    .map(key -> number(holder.column(), key))
                    .collect(Collectors.joining(", ")));
    String bound = bound(holder);
    return bound.isEmpty() ? in : in + " AND (" + bound + ")";
  }

  /** What a column holds when keys are fresh. */
  public String fresh(Holder holder, Map<Long, Long> fresh) {
    Column column = holder.column();
    String value = value(column);
    StringBuilder cases = new StringBuilder("CASE ").append(value);
    fresh.forEach(
        (old, key) ->
            cases
                .append(" WHEN ")
                .append(number(column, old))
                .append(" THEN ")
                .append(number(column, key)));
    cases.append(" ELSE ").append(value).append(" END");
    String bound = bound(holder);
    return bound.isEmpty()
        ? cases.toString()
        : "CASE WHEN %s THEN %s ELSE %s END".formatted(bound, cases, value);
  }

  public String value(Column column) {
    return "x." + dialect.quote(column.name());
  }

  private String number(Column column, long number) {
    return column.kind() == ValueKind.TEXT && column.textual()
        ? dialect.literal(Long.toString(number))
        : Long.toString(number);
  }

  /** Whether the column's value is a key; empty where it always is. */
  private String bound(Holder holder) {
    if (holder.bonds().stream().anyMatch(KeyTexts::isUnconditional)) {
      return "";
    }
    return holder.bonds().stream().map(this::bound).collect(Collectors.joining(" OR "));
  }

  private static boolean isUnconditional(Bond bond) {
    return bond instanceof HeldKeys.Own
        || (bond instanceof Through through && through.others().isEmpty());
  }

  private String bound(Bond bond) {
    if (bond instanceof Through through) {
      return through.others().stream()
          .map(c -> value(c) + " IS NOT NULL")
          .collect(Collectors.joining(" AND "));
    }
    if (bond instanceof Generic generic) {
      return "%s IN (SELECT c.%s FROM %s AS c WHERE c.%s = %s AND c.%s = %s)"
          .formatted(
              value(generic.contentType()),
              dialect.quote(generic.id().name()),
              dialect.quote(generic.contentTypes().id()),
              dialect.quote("app_label"),
              dialect.literal(generic.appLabel()),
              dialect.quote("model"),
              dialect.literal(generic.model()));
    }
    throw new IllegalArgumentException("It always holds");
  }
}
