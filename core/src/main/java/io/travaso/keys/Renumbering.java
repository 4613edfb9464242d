package io.travaso.keys;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.KeySql;
import io.travaso.database.KeySql.Position;
import io.travaso.keys.RunRecord.Written;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows of a table fresh keys, with everything that references them, in a session of its own.
 */
public final class Renumbering implements AutoCloseable {
  /** How long it waits for the application's locks, and so how long it can be in its way. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

  private final Handle session;
  private final Dialect dialect;
  private final KeySql sql;
  private final Catalog catalog;
  private final TableSet set;
  private final KeyedTable keyed;
  private final List<HeldKeys> holdings;

  private Renumbering(
      Handle session,
      Dialect dialect,
      Catalog catalog,
      TableSet set,
      KeyedTable keyed,
      List<HeldKeys> holdings) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.keys();
    this.catalog = catalog;
    this.set = set;
    this.keyed = keyed;
    this.holdings = holdings;
  }

  /**
   * Opens a session for the rows of a table.
   *
   * @param name the table as the user writes it
   * @param set the tables that are synced
   * @throws SyncException if there is no such table, or its rows can't get fresh keys
   */
  public static Renumbering open(
      Database database, Catalog catalog, NameAsWritten name, TableSet set) {
    KeyedTable keyed = KeyedTable.of(catalog, name, set);
    List<HeldKeys> holdings = Holdings.of(catalog, keyed, set);
    Dialect dialect = database.dialect();
    Handle session = database.session();
    try {
      session.execute(dialect.mergeSessionSql());
      return new Renumbering(session, dialect, catalog, set, keyed, holdings);
    } catch (JdbiException e) {
      session.close();
      throw dialect.explain("Preparing to renumber", e);
    }
  }

  /** How far the keys of a table go; it may well not be there. */
  public static KeyReach reach(
      Database database, Catalog catalog, NameAsWritten name, List<Long> keys) {
    Optional<Table> there = new TableNames(catalog).find(name, null).map(TableNames.Named::table);
    Optional<Column> key = there.flatMap(KeyedTable::number);
    if (there.isEmpty() || key.isEmpty()) {
      return KeyReach.none();
    }
    Table table = there.get();
    Column column = key.get();
    KeySql sql = database.dialect().keys();
    return database.with(
        "Looking at the keys of " + table.id(),
        handle -> {
          long highest = highest(handle, sql, table, column);
          TableId sequence = column.sequence();
          if (sequence != null) {
            Position position = sql.position(handle, table, column, sequence);
            highest = Math.max(highest, position.next() - position.increment());
          }
          return new KeyReach(
              true,
              highest,
              keys.isEmpty() ? List.of() : present(handle, sql, table, column, keys));
        });
  }

  private static long highest(Handle handle, KeySql sql, Table table, Column key) {
    return handle.createQuery(sql.highest(table, key)).map((r, c) -> r.getLong(1)).one();
  }

  private static List<Long> present(
      Handle handle, KeySql sql, Table table, Column key, List<Long> keys) {
    return handle.createQuery(sql.present(table, key, keys)).mapTo(Long.class).list().stream()
        .sorted()
        .toList();
  }

  /** The session, for the lock that lives as long as it does. */
  public Handle session() {
    return session;
  }

  /** The table's full name. */
  public String table() {
    return keyed.table().id().toString();
  }

  /**
   * What it would do. Nothing is written, and no sequence moved.
   *
   * @param above a number that fresh keys must be above
   * @param to the key to give to the only row; null to take those that come next
   * @throws SyncException if it can't be done, with all reasons
   */
  public RenumberPlan plan(List<Long> keys, long above, @Nullable Long to) {
    try {
      new Obstacles(dialect, session, holdings).refuse();
      List<Long> distinct = keys.stream().distinct().sorted().toList();
      requirePresent(distinct);
      Position position = position();
      List<FreshKey> fresh =
          to == null
              ? drawn(
                  distinct,
                  position,
                  Math.max(above, highest(session, sql, keyed.table(), keyed.key())))
              : List.of(given(distinct.get(0), to, position));
      requireFree(fresh);
      return new RenumberPlan(
          table(), keyed.label(), keyed.key().name(), to == null, fresh, references(distinct));
    } catch (JdbiException e) {
      throw dialect.explain("Looking at what references rows of " + keyed.label(), e);
    }
  }

  private Position position() {
    Position position = sql.position(session, keyed.table(), keyed.key(), keyed.sequence());
    if (position.increment() <= 0) {
      throw SyncException.refused(
          "The sequence " + keyed.sequence() + " counts down", "Give the row its key with --to.");
    }
    return position;
  }

  private static List<FreshKey> drawn(List<Long> keys, Position position, long above) {
    List<FreshKey> fresh = new ArrayList<>();
    try {
      long next = position.from(Math.addExact(above, 1));
      for (long key : keys) {
        fresh.add(new FreshKey(key, next));
        next = Math.addExact(next, position.increment());
      }
    } catch (ArithmeticException e) {
      throw exhausted(e);
    }
    if (fresh.get(fresh.size() - 1).fresh() > position.max()) {
      throw exhausted(null);
    }
    return fresh;
  }

  private static SyncException exhausted(@Nullable Throwable cause) {
    String what = "There are no numbers left that are above all keys of the other environments";
    String hint = "Give the row a free one with --to.";
    return cause == null
        ? SyncException.refused(what, hint)
        : new SyncException(Kind.REFUSED, what, hint, cause);
  }

  private FreshKey given(long key, long to, Position position) {
    if (keyed.key().identityAlways() && (to < position.next() || position.from(to) != to)) {
      throw SyncException.refused(
          "%s of %s is GENERATED ALWAYS AS IDENTITY: only a number that its sequence still comes by can be given, from %d on"
              .formatted(keyed.key().name(), keyed.label(), position.next()),
          "Leave out --to, and it is drawn.");
    }
    return new FreshKey(key, to);
  }

  private void requirePresent(List<Long> keys) {
    List<Long> missing = new ArrayList<>(keys);
    missing.removeAll(present(keys));
    if (!missing.isEmpty()) {
      throw SyncException.refused(
          keyed.label() + " has no row with these keys",
          "Nothing was written.",
          missing.stream().map(String::valueOf).toList());
    }
  }

  /** Generic relations outlive the rows they speak of; a row with such a key would inherit them. */
  private void requireFree(List<FreshKey> fresh) {
    List<Long> keys = fresh.stream().map(FreshKey::fresh).toList();
    for (HeldKeys holding : holdings) {
      for (Holder holder : holding.holders()) {
        if (count(holding, holder, keys) > 0) {
          throw SyncException.refused(
              holding.isOwn(holder)
                  ? "%s has a row with a key that was to be given: %s"
                      .formatted(keyed.label(), keys)
                  : "Rows of %s speak in %s of a row of %s with a key that was to be given, which is not there: %s"
                      .formatted(label(holding), holder.column().name(), keyed.label(), keys),
              "Give another one with --to.");
        }
      }
    }
  }

  private List<Long> present(List<Long> keys) {
    return present(session, sql, keyed.table(), keyed.key(), keys);
  }

  private long count(HeldKeys holding, Holder holder, List<Long> keys) {
    return session.createQuery(sql.count(holding, holder, keys)).mapTo(Long.class).one();
  }

  private String label(HeldKeys holding) {
    return KeyedTable.label(catalog, holding.table(), set);
  }

  private List<MovedReferences> references(List<Long> keys) {
    List<MovedReferences> references = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (HeldKeys holding : holdings) {
      for (Holder holder : holding.holders()) {
        long rows = holding.isOwn(holder) ? 0 : count(holding, holder, keys);
        if (rows > 0) {
          references.add(
              new MovedReferences(
                  holding.table().id().toString(),
                  label(holding),
                  holder.column().name(),
                  holder.isGeneric(),
                  rows));
          Obstacles.unmovable(holding, holder, holdings).ifPresent(problems::add);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw SyncException.refused(
          "References to rows of " + keyed.label() + " can't follow them",
          "Change these rows first.",
          problems);
    }
    return references;
  }

  /**
   * Does what was planned, in one transaction: everything or nothing.
   *
   * @param confirmed the plan as it was shown; where it is another by now, nothing is written
   */
  public void apply(RenumberPlan confirmed, RunRecord record) {
    try {
      dialect.merge().isolate().forEach(session::execute);
      session.begin();
      record.write(session, write(confirmed));
    } catch (RuntimeException e) {
      rollBack(e);
      throw dialect.explain("Renumbering rows of " + keyed.label(), e);
    }
    commit(record);
  }

  private List<Written> write(RenumberPlan confirmed) {
    Map<Long, Long> fresh = new LinkedHashMap<>();
    confirmed.keys().forEach(key -> fresh.put(key.old(), key.fresh()));
    List<Long> keys = List.copyOf(fresh.keySet());
    new Obstacles(dialect, session, holdings).refuse();
    lock();
    refuseStale(confirmed, keys);
    long last = fresh.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    sql.reserve(session, keyed.table(), keyed.key(), keyed.sequence(), last);
    ReadBack before = new ReadBack(session, sql, holdings, fresh);
    List<Long> rows = sql.move(session, catalog, keyed.key(), holdings, fresh);
    session.execute(dialect.merge().checkConstraints());
    before.require(rows);
    requireBeyond(last);
    return IntStream.range(0, holdings.size())
        .filter(i -> rows.get(i) > 0)
        .mapToObj(i -> new Written(id(i), rows.get(i), count(holdings.get(i).table())))
        .toList();
  }

  private String id(int i) {
    return holdings.get(i).table().id().toString();
  }

  private long count(Table table) {
    return session.createQuery(dialect.merge().count(table)).mapTo(Long.class).one();
  }

  private void lock() {
    long end = System.nanoTime() + LOCK_WAIT.toNanos();
    for (HeldKeys holding : holdings) {
      dialect
          .merge()
          .lock(holding.table(), Duration.ofNanos(end - System.nanoTime()))
          .forEach(session::execute);
    }
  }

  private void refuseStale(RenumberPlan confirmed, List<Long> keys) {
    Set<String> moved = new TreeSet<>();
    if (present(keys).size() < keys.size()
        || (confirmed.drawn() && position().next() > confirmed.keys().get(0).fresh())) {
      moved.add(keyed.label());
    }
    Set<MovedReferences> now = new HashSet<>(references(keys));
    Set<MovedReferences> then = new HashSet<>(confirmed.references());
    now.stream().filter(r -> !then.contains(r)).forEach(r -> moved.add(r.label()));
    then.stream().filter(r -> !now.contains(r)).forEach(r -> moved.add(r.label()));
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "Rows changed since the plan was made: "
              + String.join(", ", moved)
              + "; nothing was written",
          "Run the command again and look at the new plan.",
          List.copyOf(moved));
    }
    requireFree(confirmed.keys());
  }

  /** The application's next row must find a free number. */
  private void requireBeyond(long last) {
    if (position().next() <= last) {
      throw SyncException.failed(
          "The database would draw a key again that a row of " + keyed.label() + " just got",
          "Nothing was written. Does somebody else move its sequence?");
    }
  }

  private void rollBack(RuntimeException failure) {
    try {
      session.rollback();
    } catch (JdbiException e) {
      // The session is gone, and with it the transaction.
      failure.addSuppressed(e);
    }
  }

  /** A reply to COMMIT that never came leaves open what happened; the ledger may know. */
  private void commit(RunRecord record) {
    try {
      session.commit();
    } catch (JdbiException e) {
      if (!record.isCommitted()) {
        throw dialect.explain("Committing the fresh keys", e);
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
