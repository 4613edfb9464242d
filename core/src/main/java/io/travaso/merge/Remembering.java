package io.travaso.merge;

import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down, in the merge's own transaction, what both sides agree on when it is committed. */
public final class Remembering {
  private static final String DELTA = "travaso_delta";

  private final Handle session;
  private final MergeSql sql;
  private final BaselineSql baseline;
  private final Staging staging;
  private final ThreeWay threeWay;

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
   * Remembers a table's rows as the source has them.
   *
   * @param columns whose digests are remembered
   * @param continues whether the base's entries have the digests of just these columns
   * @param begin begins the agreement, once what was agreed on before has been read
   */
  public void remember(
      SyncTable table, List<String> columns, boolean continues, Function<Handle, Base> begin) {
    Base base = threeWay.base(table.id());
    String merged = threeWay.merged(table);
    Work work = new Work(table, staging.name(table), "");
    baseline.delta(work, base, merged, columns, !continues, DELTA).forEach(session::execute);
    session.execute(sql.analyze(DELTA));
    Base begun = begin.apply(session);
    if (base != null && continues) {
      long fresh = count(baseline.countFresh(DELTA));
      long found = staging.rows(table) + threeWay.counts(table).staysDeleted() - fresh;
      if (count(baseline.count(base)) != found) {
        baseline.end(work, base, merged, begun.number()).forEach(session::execute);
      }
    }
    baseline.store(begun.id(), begun.number(), DELTA).forEach(session::execute);
    session.execute(sql.dropTemporary(DELTA));
  }

  private long count(String query) {
    return session.createQuery(query).mapTo(Long.class).one();
  }
}
