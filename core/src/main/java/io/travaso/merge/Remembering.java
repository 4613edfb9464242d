package io.travaso.merge;

import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
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
    if (base == null) {
      threeWay.heldBack(table).ifPresent(held -> storeAlike(table, begun, held));
    }
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
    baseline.store(begun.id(), begun.number(), delta).forEach(session::execute);
    session.execute(sql.dropTemporary(delta));
    grown |= begun.number() == 1;
  }

  /**
   * The first time, rows that are not staged are to be remembered as well. That they still are the
   * source's was seen when the locks were had.
   */
  private void storeAlike(SyncTable table, Base begun, HeldBack held) {
    long alike = session.execute(baseline.storeAlike(work(table), begun, held.onlyInTarget()));
    Merger.refuseMoved(alike == held.rows() ? List.of() : List.of(table.label()));
  }

  /** After all tables. */
  public void finish() {
    if (grown) {
      baseline.grown().forEach(session::execute);
    }
  }

  private Work work(SyncTable table) {
    return new Work(table, staging.name(table), "");
  }

  private long count(String query) {
    return session.createQuery(query).mapTo(Long.class).one();
  }
}
