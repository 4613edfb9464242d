package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.KeySql;
import io.travaso.database.KeyTexts;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keys on PostgreSQL. */
final class PostgresKeySql implements KeySql {
  private static final BigDecimal LAST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final KeyTexts texts;

  PostgresKeySql(PostgresDialect dialect) {
    this.texts = new KeyTexts(dialect);
  }

  @Override
  public Position position(Handle session, Table table, Column column, TableId sequence) {
    return session
        .createQuery(
            """
            SELECT CASE WHEN s.is_called THEN s.last_value::numeric + q.seqincrement ELSE s.last_value END,
                   q.seqincrement, q.seqstart, q.seqmax
              FROM %s AS s, pg_catalog.pg_sequence AS q WHERE q.seqrelid = %s::regclass
            """
                .formatted(quote(sequence), literal(quote(sequence))))
        .map(
            (r, c) -> {
              long increment = r.getLong(2);
              long offset = Math.floorMod(r.getLong(3), Math.max(1, Math.abs(increment)));
              // One after the last is no number any more.
              long next = r.getBigDecimal(1).min(LAST).longValueExact();
              return new Position(next, increment, offset, r.getLong(4));
            })
        .one();
  }

  @Override
  public void reserve(Handle session, Table table, Column column, TableId sequence, long number) {
    if (column.identityAlways()) {
      // It draws them while it writes.
      return;
    }
    session
        .createQuery(
            """
            SELECT setval(q.seqrelid::regclass, %s)
              FROM %s AS s, pg_catalog.pg_sequence AS q
             WHERE q.seqrelid = %s::regclass AND (s.last_value < %d OR s.last_value = %4$d AND NOT s.is_called)
            """
                .formatted(
                    PostgresSequences.inClass(number + "::numeric"),
                    quote(sequence),
                    literal(quote(sequence)),
                    number))
        .mapTo(Long.class)
        .list();
  }

  @Override
  public String highest(Table table, Column column) {
    return "SELECT max(x.%s) FROM %s AS x".formatted(quote(column.name()), relation(table));
  }

  @Override
  public String present(Table table, Column column, List<Long> keys) {
    return "SELECT x.%1$s FROM %2$s AS x WHERE x.%1$s IN (%3$s)"
        .formatted(quote(column.name()), relation(table), numbers(keys));
  }

  private static String numbers(Iterable<Long> keys) {
    List<String> all = new ArrayList<>();
    keys.forEach(key -> all.add(Long.toString(key)));
    return String.join(", ", all);
  }

  @Override
  public String count(HeldKeys holding, Holder holder, List<Long> keys) {
    return "SELECT count(*) FROM %s AS x WHERE %s"
        .formatted(relation(holding.table()), texts.holds(holder, keys));
  }

  @Override
  public String digest(HeldKeys holding, List<Long> keys, Map<Long, Long> fresh, boolean all) {
    List<String> values = new ArrayList<>();
    for (Holder holder : holding.holders()) {
      String value = fresh.isEmpty() ? texts.value(holder.column()) : texts.fresh(holder, fresh);
      values.add("(" + value + ")::text");
    }
    holding.compared().forEach(c -> values.add(texts.value(c)));
    return "SELECT count(*) || '/' || coalesce(sum(hashtextextended(ROW(%s)::text COLLATE \"C\", 0)), 0) FROM %s AS x%s"
        .formatted(
            String.join(", ", values),
            relation(holding.table()),
            all ? "" : " WHERE " + texts.any(holding, keys));
  }

  @Override
  public List<Long> move(
      Handle session, Catalog catalog, Column key, List<HeldKeys> holdings, Map<Long, Long> fresh) {
    return new PostgresKeyMove(session, texts, key, holdings, fresh).write();
  }

  @Override
  public String agreed(SyncTable table, Column key, Base base, List<Long> keys) {
    return "SELECT t.%1$s FROM %2$s AS t JOIN %3$s WHERE t.%1$s IN (%4$s) ORDER BY 1"
        .formatted(
            quote(key.name()),
            relation(table.table()),
            PostgresDigests.entry(base, PostgresDigests.key(table, PostgresRows::targetValue)),
            numbers(keys));
  }

  @Override
  public long start(Handle session, TableId sequence) {
    return session
        .createQuery(
            "SELECT seqstart FROM pg_catalog.pg_sequence WHERE seqrelid = %s::regclass"
                .formatted(literal(quote(sequence))))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean mayAlter(Handle session, TableId sequence) {
    return session
        .createQuery(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_catalog.pg_class WHERE oid = %s::regclass"
                .formatted(literal(quote(sequence))))
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public List<String> holdStill(TableId sequence, long increment) {
    // Who alters it, if only to what it is, holds it until the end of the transaction.
    return List.of("ALTER SEQUENCE " + quote(sequence) + " INCREMENT BY " + increment);
  }

  @Override
  public List<String> drawFrom(TableId sequence, long increment, long start, long next) {
    return List.of(
        "ALTER SEQUENCE %s INCREMENT BY %d START WITH %d RESTART WITH %d"
            .formatted(quote(sequence), increment, start, next));
  }

  @Override
  public Optional<Global> global(Handle session) {
    return Optional.empty();
  }

  @Override
  public List<String> setGlobal(long increment, long offset) {
    return List.of();
  }
}
