package io.travaso.keys;

import io.travaso.SyncException;
import io.travaso.database.HeldKeys;
import io.travaso.database.KeySql;
import io.travaso.table.Table.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Reads back what was written, before it is committed: the rows that hold a key are what they were,
 * but for it. Where triggers run, all rows of the tables concerned are compared.
 */
final class ReadBack {
  private final Handle session;
  private final KeySql sql;
  private final List<HeldKeys> holdings;
  private final List<Long> fresh;
  private final List<Long> old;
  private final boolean all;
  private final List<String> expected;

  /** Before anything is written: what the rows will be. */
  ReadBack(Handle session, KeySql sql, List<HeldKeys> holdings, Map<Long, Long> fresh) {
    this.session = session;
    this.sql = sql;
    this.holdings = holdings;
    this.old = List.copyOf(fresh.keySet());
    this.fresh = List.copyOf(fresh.values());
    this.all = holdings.stream().anyMatch(h -> h.table().has(Trait.TRIGGERS));
    this.expected = holdings.stream().map(h -> digest(h, old, fresh)).toList();
  }

  private String digest(HeldKeys holding, List<Long> keys, Map<Long, Long> becoming) {
    return session.createQuery(sql.digest(holding, keys, becoming, all)).mapTo(String.class).one();
  }

  /**
   * Looks at all that was written.
   *
   * @param written how many rows of each table the database says it wrote
   */
  void require(List<Long> written) {
    List<String> unequal = new ArrayList<>();
    for (int i = 0; i < holdings.size(); i++) {
      HeldKeys holding = holdings.get(i);
      boolean left =
          holding.holders().stream()
              .anyMatch(
                  h -> session.createQuery(sql.count(holding, h, old)).mapTo(Long.class).one() > 0);
      if (left || !digest(holding, fresh, Map.of()).equals(expected.get(i))) {
        unequal.add("%s: %d rows written".formatted(holding.table().id(), written.get(i)));
      }
    }
    if (!unequal.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "What was written reads back differently; nothing was kept",
          "A trigger of these tables changes or swallows what is written, or writes more than"
              + " that. A column that triggers keep up to date can be left to them, in tables of"
              + " the set: columns: {TABLE: {COLUMN: ignore}}.",
          unequal);
    }
  }
}
