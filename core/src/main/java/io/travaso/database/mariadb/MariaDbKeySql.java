package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.database.BaselineSql.Base;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.KeySql;
import io.travaso.database.KeyTexts;
import io.travaso.database.mariadb.MariaDbRows.Value;
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
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Keys on MariaDB. */
final class MariaDbKeySql implements KeySql {
  private static final BigDecimal LAST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final KeyTexts texts;

  MariaDbKeySql(MariaDbDialect dialect) {
    this.texts = new KeyTexts(dialect);
  }

  @Override
  public Position position(Handle session, Table table, Column column, TableId sequence) {
    return sequence.equals(table.id())
        ? autoIncrement(session, table)
        : session
            .createQuery(
                """
                SELECT q.next_not_cached_value,
                       CASE q.increment WHEN 0 THEN @@auto_increment_increment ELSE q.increment END,
                       CASE q.increment WHEN 0 THEN @@auto_increment_offset ELSE q.start_value END,
                       q.maximum_value
                  FROM %s AS q
                """
                    .formatted(quote(sequence)))
            .map(
                (r, c) ->
                    position(r.getBigDecimal(1), r.getLong(2), r.getLong(3), r.getBigDecimal(4)))
            .one();
  }

  /** The server rounds up to the next number of its class. */
  private static Position autoIncrement(Handle session, Table table) {
    return session
        .createQuery(
            """
            SELECT t.AUTO_INCREMENT, @@auto_increment_increment, @@auto_increment_offset
              FROM information_schema.TABLES AS t WHERE %s
            """
                .formatted(isTable(table)))
        .map(
            (r, c) -> {
              BigDecimal last = r.getBigDecimal(1);
              long increment = r.getLong(2);
              long offset = r.getLong(3);
              long next = (last == null ? BigDecimal.ONE : last).min(LAST).longValueExact();
              return position(
                  BigDecimal.valueOf(next + Math.floorMod(offset - next, increment)),
                  increment,
                  offset,
                  LAST);
            })
        .one();
  }

  private static Position position(BigDecimal next, long increment, long offset, BigDecimal max) {
    return new Position(
        next.min(LAST).longValueExact(),
        increment,
        Math.floorMod(offset, Math.max(1, Math.abs(increment))),
        max.min(LAST).longValueExact());
  }

  private static String isTable(Table table) {
    String database =
        table.id().schema().equals(MariaDbNames.SCHEMA)
            ? "DATABASE()"
            : MariaDbNames.literal(table.id().schema());
    return "t.TABLE_SCHEMA = "
        + database
        + " AND t.TABLE_NAME = "
        + MariaDbNames.literal(table.id().name());
  }

  @Override
  public void reserve(Handle session, Table table, Column column, TableId sequence, long number) {
    if (!sequence.equals(table.id())) {
      MariaDbSequences.moveTo(session, sequence, number);
    }
  }

  @Override
  public String highest(Table table, Column column) {
    return "SELECT MAX(x.%s) FROM %s AS x".formatted(quote(column.name()), quote(table.id()));
  }

  @Override
  public String present(Table table, Column column, List<Long> keys) {
    return "SELECT x.%1$s FROM %2$s AS x WHERE x.%1$s IN (%3$s)"
        .formatted(
            quote(column.name()),
            quote(table.id()),
            keys.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  @Override
  public String count(HeldKeys holding, Holder holder, List<Long> keys) {
    return "SELECT COUNT(*) FROM %s AS x WHERE %s"
        .formatted(quote(holding.table().id()), texts.holds(holder, keys));
  }

  @Override
  public String digest(HeldKeys holding, List<Long> keys, Map<Long, Long> fresh, boolean all) {
    List<Value> values = new ArrayList<>();
    for (Holder holder : holding.holders()) {
      String value = fresh.isEmpty() ? texts.value(holder.column()) : texts.fresh(holder, fresh);
      values.add(new Value(holder.column(), "(" + value + ")"));
    }
    holding.compared().forEach(c -> values.add(new Value(c, texts.value(c))));
    return "SELECT CONCAT(COUNT(*), '/', COALESCE(SUM(%s), 0)) FROM %s AS x%s"
        .formatted(
            MariaDbRows.digest(values),
            quote(holding.table().id()),
            all ? "" : " WHERE " + texts.any(holding, keys));
  }

  @Override
  public List<Long> move(
      Handle session, Catalog catalog, Column key, List<HeldKeys> holdings, Map<Long, Long> fresh) {
    return new MariaDbKeyMove(session, catalog, texts, holdings, fresh).write();
  }

  @Override
  public String agreed(SyncTable table, Column key, Base base, List<Long> keys) {
    return "SELECT t.%1$s FROM %2$s AS t JOIN %3$s WHERE t.%1$s IN (%4$s) ORDER BY 1"
        .formatted(
            quote(key.name()),
            quote(table.id()),
            MariaDbEntries.withKey(base, MariaDbEntries.key(table, MariaDbRows::targetValue)),
            keys.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  @Override
  public long start(Handle session, TableId sequence) {
    return session
        .createQuery("SELECT q.start_value FROM " + quote(sequence) + " AS q")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean mayAlter(Handle session, TableId sequence) {
    String database =
        sequence.schema().equals(MariaDbNames.SCHEMA)
            ? session.createQuery("SELECT DATABASE()").mapTo(String.class).one()
            : sequence.schema();
    return MariaDbGrants.of(session).onTable("ALTER", database, sequence.name());
  }

  @Override
  public List<String> holdStill(TableId sequence, long increment) {
    // ALTER SEQUENCE commits by itself.
    return List.of();
  }

  @Override
  public List<String> drawFrom(TableId sequence, long increment, long start, long next) {
    return List.of(
        "ALTER SEQUENCE %s INCREMENT BY %d START WITH %d RESTART WITH %d"
            .formatted(quote(sequence), increment, start, next));
  }

  @Override
  public Optional<Global> global(Handle session) {
    return Optional.of(
        session
            .createQuery("SELECT @@global.auto_increment_increment, @@global.auto_increment_offset")
            .map((r, c) -> new Global(r.getLong(1), r.getLong(2), maySet(session, r.getLong(1))))
            .one());
  }

  /** Which right it takes differs by version; to set it to what it is changes nothing. */
  private static boolean maySet(Handle session, long increment) {
    try {
      session.execute("SET GLOBAL auto_increment_increment = " + increment);
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }

  @Override
  public List<String> setGlobal(long increment, long offset) {
    return List.of(
        "SET GLOBAL auto_increment_increment = " + increment,
        "SET GLOBAL auto_increment_offset = " + offset);
  }
}
