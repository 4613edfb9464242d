package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.Database;
import io.travaso.database.Dialect;
import io.travaso.database.MergeSql;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

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
  private final MergePolicy policy;
  private final Duration lockWait;
  private final Staging staging;
  private final Diff diff;
  private final OutsideReach outside;
  private final KeptReferences kept;
  private final Exchanges exchanges;
  private final Verification verification;
  private boolean asDjango;
  private String since = "";
  private List<Long> writtenSince = List.of();
  private boolean acrossEngines;
  private @Nullable ThreeWay threeWay;
  private Consumer<Handle> whenLocked = locked -> {};

  private Merger(
      Handle session,
      Dialect dialect,
      Catalog catalog,
      TableSet set,
      MergePolicy policy,
      Duration lockWait,
      String environment) {
    this.session = session;
    this.dialect = dialect;
    this.sql = dialect.merge();
    this.catalog = catalog;
    this.set = set;
    this.policy = policy;
    this.lockWait = lockWait;
    this.staging = new Staging(session, dialect, set, environment);
    this.diff = new Diff(session, sql, staging, policy);
    this.outside = new OutsideReach(session, sql, catalog, set);
    this.kept = new KeptReferences(session, sql, catalog, diff);
    this.exchanges = new Exchanges(session, sql, catalog);
    this.verification = new Verification(session, sql, catalog, set, diff);
  }

  /**
   * Opens a session of its own to merge these tables.
   *
   * @param environment whose prefixes rewritten texts get: the target's name; empty for none
   * @throws SyncException if the role lacks rights, with the GRANTs that give them
   */
  public static Merger open(
      Database database, Catalog catalog, TableSet set, MergePolicy policy, String environment) {
    return open(database, catalog, set, policy, environment, LOCK_WAIT);
  }

  static Merger open(
      Database database,
      Catalog catalog,
      TableSet set,
      MergePolicy policy,
      String environment,
      Duration lockWait) {
    Dialect dialect = database.dialect();
    Handle session = database.session();
    try {
      session.execute(dialect.mergeSessionSql());
      requireRights(database, Rights.toMerge(session, dialect, catalog, set, policy));
      return new Merger(session, dialect, catalog, set, policy, lockWait, environment);
    } catch (JdbiException | SyncException e) {
      session.close();
      throw dialect.explain("Preparing the merge", e);
    }
  }

  private static void requireRights(Database database, List<Rights.Missing> missing) {
    if (!missing.isEmpty()) {
      throw new SyncException(
          Kind.FAILED,
          "The role " + database.user() + " lacks rights to merge into " + database.name(),
          "As the owner of what they are on, run the statements listed.",
          missing.stream().map(Rights.Missing::grant).toList());
    }
  }

  /** The session, for the lock that lives as long as it does. */
  public Handle session() {
    return session;
  }

  public TableSet set() {
    return set;
  }

  /** Has {@link #plan} count the rows that were written after a run of the ledger's. */
  public void countWrittenSince(String runId) {
    since = runId;
  }

  /**
   * How many rows of each table were written after that run; at least the plan's changes to them.
   */
  public List<Long> writtenSince() {
    return writtenSince;
  }

  /**
   * Of a table only those rows are deleted that are listed.
   *
   * @param keys a temporary table with their keys, in columns {@code k0, k1, …} as a diff has them
   */
  void deleteListed(SyncTable table, String keys) {
    diff.deleteListed(table, keys);
  }

  /**
   * Rows of a table that both sides have alike were held back: they are not staged, and nothing
   * becomes of them.
   *
   * @param rows how many
   * @param onlyInTarget a temporary table of this session with the keys of all rows that may be the
   *     target's alone, in columns {@code k0, k1, …} as a diff has them; more than those do no
   *     harm, as long as none of them was held back
   */
  public void holdBack(SyncTable table, long rows, String onlyInTarget) {
    diff.holdBack(table, new Diff.HeldBack(rows, onlyInTarget));
  }

  /** Has somebody look at the target once it is locked, and before anything is written. */
  public void whenLocked(Consumer<Handle> look) {
    whenLocked = look;
  }

  /** Begins to hold back rows of a table, whose others are staged. */
  public HoldingBack holdingBack(SyncTable table) {
    return new HoldingBack(this, session, dialect, table);
  }

  /** A way to stage rows as they were before a run; deletes are only those it lists. */
  public Undo undo() {
    return new Undo(this, session, dialect, catalog);
  }

  /** Where the rows go before {@link #plan}. */
  public Staging staging() {
    return staging;
  }

  /** The rows staged come from Django's serializer: what it cuts is no difference. */
  public void compareAsDjango() {
    asDjango = true;
  }

  /** The rows staged come from another engine: how it spells an equal value is no difference. */
  public void compareAcrossEngines() {
    acrossEngines = true;
  }

  /**
   * Has the merge tell what changed where, and keep what only the target changed.
   *
   * @param bases what was agreed on, by table; nothing is known of a table that is not there
   * @throws SyncException if the role lacks the right to delete what is to be deleted
   */
  public void reconcile(Database database, Reconciliation how, Map<TableId, Base> bases) {
    if (how.propagateDeletes()) {
      requireRights(
          database, Rights.toMerge(session, dialect, catalog, set, MergePolicy.FULL_REPLACE));
    }
    threeWay = new ThreeWay(session, sql, dialect.baseline(), staging, diff, policy, how, bases);
  }

  /**
   * Ends staging and says what the merge would do. Nothing but temporary tables is written.
   *
   * @throws SyncException if the rows can't be merged, with all rows concerned
   */
  public MergePlan plan() {
    try {
      List<String> problems = new ArrayList<>();
      staging.complete(problems);
      if (asDjango) {
        new DjangoPrecision(session, sql, staging).restore(set, problems);
      }
      if (acrossEngines) {
        for (SyncTable table : set.tables()) {
          sql.restoreSpelling(table, staging.name(table)).ifPresent(session::execute);
        }
      }
      List<TableDiff> diffs = diff.of(set.tables());
      if (threeWay != null) {
        diffs = threeWay.reconcile(diffs);
        if (!threeWay.conflicts().isEmpty()) {
          diff.forget(diffs);
          return plan(diffs);
        }
      }
      new MissingParents(session, sql, catalog, diff).find(diffs, problems);
      new RefusedRows(session, sql).find(diffs, problems);
      new UniqueValues(session, sql, exchanges).find(diffs, problems);
      unchangeable(diffs, problems);
      if (!problems.isEmpty()) {
        throw SyncException.refused(
            "The rows can't be merged as they are; nothing was written",
            "Add what is missing to the target, or to the set; `references` in the configuration"
                + " says what happens to a row whose referenced row is missing. What the target"
                + " deleted or renamed since the last sync is brought over here first, by the sync"
                + " in the other direction with --propagate-deletes. Correct what a"
                + " constraint refuses in the source; of two rows that can't stand beside each"
                + " other, change one.",
            problems);
      }
      outside.refuse(diffs);
      kept.refuse(diffs);
      if (!since.isEmpty()) {
        writtenSince = diffs.stream().map(this::writtenSince).toList();
      }
      diff.forget(diffs);
      return plan(diffs);
    } catch (JdbiException e) {
      throw dialect.explain("Planning the merge", e);
    }
  }

  private Long writtenSince(TableDiff table) {
    return session.createQuery(sql.writtenSince(table.work(), since)).mapTo(Long.class).one();
  }

  /** Rows that differ in a column no update can set. */
  private void unchangeable(List<TableDiff> diffs, List<String> problems) {
    for (TableDiff one : diffs) {
      for (Column column : one.table().written()) {
        if (column.identityAlways()
            && !one.table().match().contains(column)
            && one.plan().updated() > 0) {
          session
              .createQuery(sql.unchangeable(one.work(), column, LISTED))
              .mapTo(String.class)
              .forEach(
                  key ->
                      problems.add(
                          "%s %s: %s differs, and is GENERATED ALWAYS AS IDENTITY"
                              .formatted(one.plan().label(), key, column.name())));
        }
      }
    }
  }

  /**
   * Makes sure that the plan can be applied in one transaction of the target's cluster, if it is in
   * one.
   */
  public void requireRoom(MergePlan plan) {
    try {
      new WriteSet(session, dialect, staging).require(set, plan);
    } catch (JdbiException e) {
      throw dialect.explain("Asking the cluster how much it takes", e);
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
    Optional<Remembering> remembering =
        Optional.ofNullable(threeWay)
            .map(ways -> new Remembering(session, sql, dialect.baseline(), staging, ways));
    try {
      if (!drawsIds()) {
        remembering.ifPresent(record::prepare);
      }
      sql.isolate().forEach(session::execute);
      session.begin();
      result = write(confirmed, record);
      if (drawsIds()) {
        remembering.ifPresent(record::prepare);
      }
      remembering.ifPresent(record::agree);
      record.write(session, result);
    } catch (RuntimeException e) {
      rollBack(e);
      throw dialect.explain("Merging", e);
    }
    commit(record);
    return result;
  }

  /** Whether staged rows get ids only while they are merged. */
  private boolean drawsIds() {
    return set.tables().stream().anyMatch(t -> t.ownId() != null);
  }

  private MergeResult write(MergePlan confirmed, CommitRecord record) {
    lock(confirmed);
    whenLocked.accept(session);
    staging.refuseMovedReferences();
    List<TableDiff> diffs = diff.of(set.tables());
    refuseStale(confirmed, plan(diffs));
    outside.refuse(diffs);
    kept.refuse(diffs);
    Sequences sequences = new Sequences(session, sql);
    sequences.readyForOwnKeys(diffs);
    staging.drawIds(diffs);
    if (set.tables().stream().anyMatch(Merger::isKnownByGenericRelation)) {
      // The ids drawn stand in the keys by now.
      diff.forget(diffs);
      diffs = diff.of(set.tables());
    }
    BeforeImages before = new BeforeImages(session, dialect, record.undoable());
    before.keep(diffs);
    verification.remember(diffs);
    exchanges.stepAside(diffs);
    new Writing(session, sql, catalog, set, verification).write(diffs);
    session.execute(sql.checkConstraints());
    List<Long> rowsAfter = verification.require(diffs);
    sequences.follow(diffs);
    String run = record.run();
    if (!run.isEmpty()) {
      for (TableDiff one : diffs) {
        long rows = one.plan().created() + one.plan().updated();
        sql.remember(one.work(), run, rows).forEach(session::execute);
      }
    }
    return new MergeResult(confirmed, rowsAfter, before.write());
  }

  private static boolean isKnownByGenericRelation(SyncTable table) {
    return table.fields().stream()
        .anyMatch(f -> f.generic() != null && table.match().contains(f.column()));
  }

  /**
   * Locks the set's tables and those outside that reference rows to be changed. All together wait
   * no longer than one may, for who is locked first waits for the last.
   */
  private void lock(MergePlan plan) {
    Set<TableId> tables = new LinkedHashSet<>();
    set.tables().forEach(t -> tables.add(t.id()));
    tables.addAll(outside.tables(plan.tables()));
    long end = System.nanoTime() + lockWait.toNanos();
    for (TableId table : tables) {
      sql.lock(catalog.get(table), Duration.ofNanos(end - System.nanoTime()))
          .forEach(session::execute);
    }
  }

  private static void refuseStale(MergePlan confirmed, MergePlan now) {
    List<String> moved =
        IntStream.range(0, now.tables().size())
            .filter(i -> !now.tables().get(i).digest().equals(confirmed.tables().get(i).digest()))
            .mapToObj(i -> now.tables().get(i).label())
            .toList();
    refuseMoved(moved);
  }

  /**
   * Refuses to write to a target that is not as it was when the plan was made.
   *
   * @param moved the tables that are not; none where all are
   */
  public static void refuseMoved(List<String> moved) {
    if (!moved.isEmpty()) {
      throw SyncException.refused(
          "The target changed since the plan was made: "
              + String.join(", ", moved)
              + "; nothing was written",
          "Run the command again and look at the new plan.",
          moved);
    }
  }

  private MergePlan plan(List<TableDiff> diffs) {
    ThreeWay ways = threeWay;
    return ways == null
        ? new MergePlan(diffs.stream().map(TableDiff::plan).toList(), staging.unanswered())
        : new MergePlan(
            diffs.stream().map(d -> ways.counts(d.table()).of(d.plan())).toList(),
            staging.unanswered(),
            ways.conflicts(),
            ways.overwritten());
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
      if (!isCommitted(record, e)) {
        throw dialect.explain("Committing the merge", e);
      }
    }
  }

  private static boolean isCommitted(CommitRecord record, JdbiException failure) {
    try {
      return record.isCommitted();
    } catch (SyncException e) {
      e.addSuppressed(failure);
      throw new SyncException(
          Kind.HOST,
          "The connection was lost while the merge was committed, and the database can't be asked"
              + " whether it was: "
              + e.what(),
          "Nothing is half done: when the database can be reached, `sync history` tells whether the"
              + " run was applied.",
          e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
