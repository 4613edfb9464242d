package io.travaso.merge;

import io.travaso.database.BaselineSql;
import io.travaso.database.BaselineSql.Base;
import io.travaso.database.MergeSql;
import io.travaso.database.MergeSql.Deletes;
import io.travaso.merge.Diff.HeldBack;
import io.travaso.merge.Diff.TableDiff;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed where since both sides agreed, and makes the staged rows what they are to
 * become: what only the target changed stays in them, what only the source changed is in them
 * already. From there on they are merged as any staged rows.
 */
final class ThreeWay {
  /** How many rows that are overwritten a plan names. */
  private static final int OVERWRITTEN = 100;

  private final Handle session;
  private final MergeSql sql;
  private final BaselineSql baseline;
  private final Staging staging;
  private final Diff diff;
  private final MergePolicy policy;
  private final Reconciliation how;
  private final Map<TableId, Base> bases;
  private final Decisions decisions;
  private final Map<TableId, WayCounts> counts = new HashMap<>();
  private final Map<TableId, String> merged = new HashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<Overwritten> overwritten = new ArrayList<>();

  ThreeWay(
      Handle session,
      MergeSql sql,
      BaselineSql baseline,
      Staging staging,
      Diff diff,
      MergePolicy policy,
      Reconciliation how,
      Map<TableId, Base> bases) {
    this.session = session;
    this.sql = sql;
    this.baseline = baseline;
    this.staging = staging;
    this.diff = diff;
    this.policy = policy;
    this.how = how;
    this.bases = Map.copyOf(bases);
    this.decisions = new Decisions(how.decisions());
  }

  /** What the merge compares with; null where nothing is known of a table. */
  @Nullable Base base(TableId table) {
    return bases.get(table);
  }

  /** The temporary table that says what changed where; null where nothing special did. */
  @Nullable String merged(SyncTable table) {
    return merged.get(table.id());
  }

  /** The rows that both sides have alike, so that they are not staged. */
  Optional<HeldBack> heldBack(SyncTable table) {
    return diff.heldBackOf(table);
  }

  /** How many rows became what. */
  WayCounts counts(SyncTable table) {
    return counts.getOrDefault(table.id(), WayCounts.NONE);
  }

  /** What no rule decides. */
  List<Conflict> conflicts() {
    return conflicts;
  }

  /** The first of the rows that are overwritten though the target may have changed them. */
  List<Overwritten> overwritten() {
    return overwritten;
  }

  /**
   * @param diffs the diffs of what was staged
   * @return the diffs of what is merged
   * @throws io.travaso.SyncException if decisions are about rows that are others by now
   */
  List<TableDiff> reconcile(List<TableDiff> diffs) {
    List<TableDiff> reconciled = diffs.stream().map(this::reconcile).toList();
    decisions.requireAllUsed();
    return reconciled;
  }

  private TableDiff reconcile(TableDiff one) {
    Base base = base(one.table().id());
    if (base == null) {
      overwritten(one);
      return one;
    }
    String name = "travaso_merged_" + counts.size();
    boolean keepsOthers = policy != MergePolicy.FULL_REPLACE && one.plan().onlyInTarget() > 0;
    Deletes gone =
        keepsOthers ? diff.ofThoseLeft(one.table(), new Deletes.All()) : new Deletes.None();
    baseline.compare(one.work(), base, name, gone).forEach(session::execute);
    Ways ways = new Ways(session, baseline, one, name);
    if (policy == MergePolicy.FULL_REPLACE) {
      counts.put(one.table().id(), WayCounts.ofReplaced(ways.classes()));
      overwritten(one, ways.keys("d.kind = 'u'", OVERWRITTEN - overwritten.size()));
      session.execute(sql.dropTemporary(name));
      return one;
    }
    decide(one.table(), ways);
    WayCounts found = WayCounts.of(ways.classes());
    counts.put(one.table().id(), found);
    if (found.conflicts() + found.collisions() > 0) {
      conflicts.addAll(ways.conflicts());
    }
    return adopt(one, name, found);
  }

  /** Nothing is known: the source wins, and it is said where. */
  private void overwritten(TableDiff one) {
    counts.put(one.table().id(), WayCounts.NONE.overwriting(one.plan().updated()));
    int room = OVERWRITTEN - overwritten.size();
    if (one.plan().updated() > 0 && room > 0) {
      overwritten(
          one,
          session.createQuery(baseline.updatedKeys(one.work(), room)).mapTo(String.class).list());
    }
  }

  private void overwritten(TableDiff one, List<String> keys) {
    keys.forEach(
        key ->
            overwritten.add(
                new Overwritten(one.table().id().toString(), one.table().label(), key)));
  }

  private void decide(SyncTable table, Ways ways) {
    ConflictRule rule = how.rule(table.id().toString());
    if (!ways.isCollidable()) {
      ways.takeNewForChanged();
    }
    if (how.wholeRows()) {
      ways.takeWholeRows();
    }
    if (how.propagateDeletes()) {
      ways.propagateDeletes();
    } else {
      ways.keepDeleted();
    }
    Optional.ofNullable(rule.newestBy())
        .flatMap(
            by -> baseline.compared(table).stream().filter(c -> c.name().equals(by)).findFirst())
        .ifPresent(by -> ways.newest(by, /* itself= */ rule.on() != OnConflict.NEWEST));
    decisions.apply(table, ways);
    switch (rule.on()) {
      case SOURCE -> ways.takeSource();
      case TARGET -> ways.keepTarget();
      case STOP, NEWEST -> {}
    }
  }

  private TableDiff adopt(TableDiff one, String name, WayCounts found) {
    if (found.isNothing()) {
      session.execute(sql.dropTemporary(name));
      return one;
    }
    merged.put(one.table().id(), name);
    baseline.adopt(one.work(), name).forEach(session::execute);
    staging.removed(one.table(), found.staysDeleted());
    if (found.toDelete() > 0) {
      String deleted = name + "_deleted";
      session.execute(baseline.deleted(one.work(), name, deleted));
      session.execute(sql.analyze(deleted));
      diff.deleteListed(one.table(), deleted);
    }
    if (mayRespellKeys(one.table())) {
      // The diff has the keys as they were staged.
      diff.forget(List.of(one));
      return diff.of(one.table());
    }
    baseline.adjust(one.work(), name).forEach(session::execute);
    return diff.adjusted(one);
  }

  /**
   * Whether equal keys may be written in more than one way, so that a merged row takes the other.
   */
  private boolean mayRespellKeys(SyncTable table) {
    return baseline.compared(table).stream().anyMatch(table.match()::contains);
  }
}
