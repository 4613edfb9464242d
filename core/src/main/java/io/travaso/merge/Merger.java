package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Merges rows into a database: stage, plan, apply, all in one session, whose temporary tables go
 * with it.
 */
public final class Merger implements AutoCloseable {
  /** How long the merge waits for the application's locks, and so how long it can be in its way. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

  private static final int LISTED = 100;

  private final Handle session;
  private final Dialect dialect;
  private final MergeSql sql;
  private final Catalog catalog;
  private final TableSet set;
  private final Staging staging;
  private final Diff diff;

  private Merger(
      Handle session, Dialect dialect, Catalog catalog, TableSet set, MergePolicy policy) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.merge();
    this.catalog = catalog;
    this.set = set;
    this.staging = new Staging(session, dialect, set);
    this.diff = new Diff(session, sql, staging, policy);
  }

  /** Opens a session of its own to merge these tables. */
  public static Merger open(Database database, Catalog catalog, TableSet set, MergePolicy policy) {
    Handle session = database.session();
    try {
      session.execute(database.dialect().mergeSessionSql());
      return new Merger(session, database.dialect(), catalog, set, policy);
    } catch (JdbiException e) {
      session.close();
      throw database.dialect().explain("Preparing the merge", e);
    }
  }

  /** The session, for the lock that lives as long as it does. */
  public Handle session() {
    return session;
  }

  public TableSet set() {
    return set;
  }

  /** How many rows of a table were written after a run of the ledger's. */
  public long writtenSince(SyncTable table, String runId) {
    return session.createQuery(sql.writtenSince(table.table(), runId)).mapTo(Long.class).one();
  }

  /** Where the rows go before {@link #plan}. */
  public Staging staging() {
    return staging;
  }

  /**
   * Ends staging and says what the merge would do. Nothing but temporary tables is written.
   *
   * @throws SyncException if the rows can't be merged, with all rows concerned
   */
  public MergePlan plan() {
    try {
      staging.complete();
      List<TableDiff> diffs = set.tables().stream().map(diff::of).toList();
      refuseReachingOutside(diffs);
      MergePlan plan = plan(diffs);
      diffs.forEach(d -> session.execute(sql.dropTemporary(d.name())));
      return plan;
    } catch (JdbiException e) {
      throw dialect.explain("Planning the merge", e);
    }
  }

  /**
   * Applies the plan in one transaction: everything or nothing.
   *
   * @param confirmed the plan as it was shown; if the diff is another by now, nothing is written
   * @param record what is recorded in the same transaction
   * @throws SyncException if anything is not as it should be; the target is as it was before
   */
  public MergeResult apply(MergePlan confirmed, CommitRecord record) {
    MergeResult result;
    try {
      session.begin();
      result = write(confirmed);
      record.write(session, result);
    } catch (RuntimeException e) {
      rollBack(e);
      throw dialect.explain("Merging", e);
    }
    commit(record);
    return result;
  }

  private MergeResult write(MergePlan confirmed) {
    sql.lock(locked(confirmed), LOCK_WAIT).forEach(session::execute);
    List<TableDiff> diffs = set.tables().stream().map(diff::of).toList();
    refuseStale(confirmed, plan(diffs));
    refuseReachingOutside(diffs);
    for (List<TableDiff> group : statements(diffs)) {
      write(group);
    }
    session.execute(sql.checkConstraints());
    diffs.forEach(this::advanceSequences);
    refuseUnequal(diffs);
    return new MergeResult(confirmed, set.tables().stream().map(diff::rows).toList());
  }

  /**
   * The tables whose changes go in one statement: those that reference each other in a circle.
   * Where rows are deleted, all: a row may only go when its last reference has gone, and a row that
   * takes its place only comes after it.
   */
  private List<List<TableDiff>> statements(List<TableDiff> diffs) {
    List<TableDiff> changed = diffs.stream().filter(d -> d.plan().changes() > 0).toList();
    if (changed.stream().anyMatch(d -> d.plan().deleted() > 0)) {
      return List.of(changed);
    }
    return set.groups().stream()
        .map(group -> changed.stream().filter(d -> group.contains(d.table())).toList())
        .filter(group -> !group.isEmpty())
        .toList();
  }

  private void write(List<TableDiff> group) {
    List<MergeSql.Work> work =
        group.stream()
            .map(d -> new MergeSql.Work(d.table(), staging.name(d.table()), d.name()))
            .toList();
    List<Long> written = List.of(session.createQuery(sql.apply(work)).mapTo(Long[].class).one());
    int n = group.size();
    for (int i = 0; i < n; i++) {
      TablePlan plan = group.get(i).plan();
      refuseSwallowed(plan, "deleted", plan.deleted(), written.get(i));
      refuseSwallowed(plan, "updated", plan.updated(), written.get(n + i));
      refuseSwallowed(plan, "created", plan.created(), written.get(2 * n + i));
    }
  }

  private static void refuseSwallowed(TablePlan plan, String what, long expected, long written) {
    if (expected != written) {
      throw SyncException.failed(
          "Merging %s: of %d rows to be %s, the database took %d; nothing was written"
              .formatted(plan.label(), expected, what, written),
          "A trigger that returns NULL swallows rows silently. Look at the table's triggers.");
    }
  }

  private void advanceSequences(TableDiff table) {
    if (table.plan().created() == 0) {
      return;
    }
    for (Column column : table.table().written()) {
      TableId sequence = column.sequence();
      if (sequence != null) {
        session
            .createQuery(sql.advanceSequence(table.table().table(), column, sequence))
            .mapTo(Long.class)
            .list();
      }
    }
  }

  private static void refuseStale(MergePlan confirmed, MergePlan now) {
    List<String> moved =
        IntStream.range(0, now.tables().size())
            .filter(i -> !now.tables().get(i).digest().equals(confirmed.tables().get(i).digest()))
            .mapToObj(i -> now.tables().get(i).label())
            .toList();
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "The target changed since the plan was made: "
              + String.join(", ", moved)
              + "; nothing was written",
          "Run the command again and look at the new plan.",
          moved);
    }
  }

  /** A row outside the set that references a row to be deleted would be lost, or left behind. */
  private void refuseReachingOutside(List<TableDiff> diffs) {
    List<String> reached = new ArrayList<>();
    for (TableDiff one : diffs) {
      if (one.plan().deleted() > 0) {
        for (ForeignKey key : outsideKeys(one.table())) {
          Table outside = catalog.get(key.table());
          session
              .createQuery(sql.referencedFromOutside(one.table(), key, outside, one.name(), LISTED))
              .mapTo(String.class)
              .forEach(
                  row ->
                      reached.add(
                          "%s %s references a row of %s that would be deleted"
                              .formatted(outside.id(), row, one.plan().label())));
        }
      }
    }
    if (!reached.isEmpty()) {
      throw SyncException.refused(
          "A full replace would delete rows that tables outside the set reference; nothing was written",
          "Add these tables to the set, or merge without --full-replace.",
          reached);
    }
  }

  private List<ForeignKey> outsideKeys(SyncTable table) {
    return catalog.referencing(table.id()).stream()
        .filter(key -> !set.contains(key.table()))
        .toList();
  }

  /** The set's tables and, where rows are deleted, those outside that reference them. */
  private List<TableId> locked(MergePlan plan) {
    Set<TableId> tables = new LinkedHashSet<>();
    set.tables().forEach(t -> tables.add(t.id()));
    if (plan.total(TablePlan::deleted) > 0) {
      set.tables().forEach(t -> outsideKeys(t).forEach(key -> tables.add(key.table())));
    }
    return List.copyOf(tables);
  }

  private void refuseUnequal(List<TableDiff> diffs) {
    List<String> unequal = new ArrayList<>();
    for (TableDiff one : diffs) {
      if (one.plan().changes() > 0) {
        session
            .createQuery(sql.unequal(one.table(), staging.name(one.table()), one.name(), LISTED))
            .mapTo(String.class)
            .forEach(key -> unequal.add(one.plan().label() + " " + key));
      }
    }
    if (!unequal.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "What was written reads back differently; nothing was kept",
          "A trigger changes what is written (an \"updated at\" for example). Look at the tables'"
              + " triggers.",
          unequal);
    }
  }

  private static MergePlan plan(List<TableDiff> diffs) {
    return new MergePlan(diffs.stream().map(TableDiff::plan).toList());
  }

  private void rollBack(RuntimeException failure) {
    try {
      session.rollback();
    } catch (JdbiException e) {
      // The session is gone, and with it the transaction.
      failure.addSuppressed(e);
    }
  }

  /** A reply to COMMIT that never came leaves open what happened; the ledger knows. */
  private void commit(CommitRecord record) {
    try {
      session.commit();
    } catch (JdbiException e) {
      if (!record.isCommitted()) {
        throw dialect.explain("Committing the merge", e);
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
