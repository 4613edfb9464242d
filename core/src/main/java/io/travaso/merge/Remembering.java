package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.BulkLoad;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Work;
import io.travaso.merge.Diff.HeldBack;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down, in the merge's own transaction, what both sides agree on when it is committed. */
public final class Remembering {
  private final Handle session;
  private final MergeSql sql;
  private final BaselineSql baseline;
  private final Staging staging;
  private final ThreeWay threeWay;
  private final Map<TableId, String> deltas = new HashMap<>();
  private final Map<TableId, String> alike = new HashMap<>();
  private boolean grown;

  Remembering(
      Handle session, MergeSql sql, BaselineSql baseline, Staging staging, ThreeWay threeWay) {
    this.session = session;
    this.sql = sql;
    this.baseline = baseline;
    this.staging = staging;
    this.threeWay = threeWay;
  }

  /** What the merge compared with; null where nothing was known of a table. */
  public @Nullable Base base(TableId table) {
    return threeWay.base(table);
  }

  /**
   * Finds what becomes of the base's entries of a table: what can be read before anything is
   * written, so that nobody waits for it.
   *
   * @param columns whose digests are remembered
   * @param continues whether the base's entries have the digests of just these columns
   */
  public void read(SyncTable table, List<String> columns, boolean continues) {
    String delta = "travaso_delta_" + deltas.size();
    baseline
        .delta(work(table), base(table.id()), threeWay.merged(table), columns, !continues, delta)
        .forEach(session::execute);
    session.execute(sql.analyze(delta));
    deltas.put(table.id(), delta);
  }

  /**
   * Remembers a table's rows as the source has them.
   *
   * @param continues as for {@link #read}
   * @param begin begins the agreement
   */
  public void write(SyncTable table, boolean continues, Function<Handle, Base> begin) {
    String delta = Objects.requireNonNull(deltas.remove(table.id()));
    Base base = base(table.id());
    Base begun = begin.apply(session);
    if (base != null && continues) {
      long fresh = count(baseline.countFresh(delta));
      long found =
          staging.rows(table)
              + threeWay.heldBack(table).map(HeldBack::rows).orElse(0L)
              + threeWay.counts(table).staysDeleted()
              - fresh;
      if (count(baseline.count(base)) != found) {
        baseline
            .end(work(table), base, threeWay.merged(table), begun.number())
            .forEach(session::execute);
      }
    }
    store(begun, delta);
    if (wantsAlike(table)) {
      store(begun, Objects.requireNonNull(alike.remove(table.id())));
    }
    grown |= begun.number() == BaselineSql.FIRST;
  }

  /**
   * Whether a table has rows that are to be remembered, for the first time, without being staged.
   */
  public boolean wantsAlike(SyncTable table) {
    return base(table.id()) == null && threeWay.heldBack(table).isPresent();
  }

  /** Begins to load entries of the target's own rows, after {@link #read}. */
  public BulkLoad beginAlike(SyncTable table) {
    String loaded = "travaso_alike_" + alike.size();
    alike.put(table.id(), loaded);
    return baseline.load(session, table, loaded, /* withDigests= */ true);
  }

  /**
   * All are loaded.
   *
   * @throws io.travaso.SyncException if those that both sides have alike are others than were held
   *     back
   */
  public void endAlike(SyncTable table) {
    String loaded = Objects.requireNonNull(alike.get(table.id()));
    HeldBack held = threeWay.heldBack(table).orElseThrow();
    baseline.keepAlike(work(table), held.onlyInTarget(), loaded).forEach(session::execute);
    long kept = count(baseline.countFresh(loaded));
    if (kept != held.rows()) {
      throw SyncException.failed(
          "%d rows of %s were held back, and %d are to be remembered as alike; nothing was written"
              .formatted(held.rows(), table.label(), kept),
          "Run the command again with --full-fixture.");
    }
  }

  /** After all tables. */
  public void finish() {
    if (grown) {
      baseline.grown().forEach(session::execute);
    }
  }

  private void store(Base begun, String entries) {
    baseline.store(begun.id(), begun.number(), entries).forEach(session::execute);
    session.execute(sql.dropTemporary(entries));
  }

  private Work work(SyncTable table) {
    return new Work(table, staging.name(table), "");
  }

  private long count(String query) {
    return session.createQuery(query).mapTo(Long.class).one();
  }
}
