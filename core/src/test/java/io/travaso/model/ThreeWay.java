package io.travaso.model;

import io.travaso.model.Order.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a sync does, by the rules and nothing else: row by row, in memory.
 *
 * <p>The base is what both sides agreed on last, without the tables that nobody knows it of (any
 * more). Then the source wins.
 */
final class ThreeWay {
  private final Order order;
  private final Rows source;
  private final Rows target;
  private final Rows base;
  private final Rows after = Rows.none();
  private final Map<Entity, Tally> tallies = new EnumMap<>(Entity.class);
  private final Set<String> conflicts = new TreeSet<>();

  /** Rows that the source deleted and that are the target's own from now on. */
  private final Set<String> reclaimed = new HashSet<>();

  ThreeWay(Order order, Rows source, Rows target, Rows base) {
    this.order = order;
    this.source = source;
    this.target = target;
    this.base = base;
    for (Entity entity : Entity.values()) {
      tallies.put(entity, new Tally());
      if (!order.entities().contains(entity)) {
        after.get(entity).putAll(target.get(entity));
        continue;
      }
      Set<String> keys = new TreeSet<>(source.get(entity).keySet());
      keys.addAll(target.get(entity).keySet());
      keys.forEach(key -> merge(entity, key));
    }
  }

  /** The target's rows afterwards, if nothing is left to be settled. */
  Rows after() {
    return after;
  }

  /** What is not settled: the table, the key and, where it is about one, the column. */
  Set<String> conflicts() {
    return conflicts;
  }

  Tally tally(Entity entity) {
    return Objects.requireNonNull(tallies.get(entity));
  }

  boolean changes() {
    return !after.equals(target);
  }

  /** What both agree on from then on: the source's rows, and those that only it has deleted. */
  Rows agreed() {
    Rows agreed = Rows.none();
    for (Entity entity : Entity.values()) {
      SortedMap<String, List<String>> rows = agreed.get(entity);
      rows.putAll(source.get(entity));
      if (base.knows(entity)) {
        base.get(entity)
            .forEach(
                (key, row) -> {
                  if (after.get(entity).containsKey(key)
                      && !reclaimed.contains(entity + " " + key)) {
                    rows.putIfAbsent(key, row);
                  }
                });
      }
    }
    return agreed;
  }

  private void merge(Entity entity, String key) {
    List<String> s = source.get(entity).get(key);
    List<String> t = target.get(entity).get(key);
    List<String> b = order.fullReplace() ? null : base.get(entity).get(key);
    List<String> merged = t;
    if (s != null && t != null) {
      merged = onBoth(entity, key, s, t, b);
    } else if (s != null) {
      merged = onlyInSource(entity, key, s, b);
    } else if (t != null) {
      merged = onlyInTarget(entity, key, t, b);
    }
    if (merged != null) {
      after.get(entity).put(key, merged);
    }
  }

  private List<String> onBoth(
      Entity entity, String key, List<String> s, List<String> t, @Nullable List<String> b) {
    Tally tally = tally(entity);
    if (s.equals(t)) {
      tally.unchanged++;
      return t;
    }
    if (order.fullReplace() || !base.knows(entity)) {
      tally.updated++;
      return s;
    }
    if (b == null && entity.hasNumber()) {
      // Two rows that got one number by chance: no policy knows which of them it is.
      tally.collisions++;
      conflicts.add(entity.table() + " " + key);
      return t;
    }
    return byColumn(entity, key, s, t, b);
  }

  private List<String> byColumn(
      Entity entity, String key, List<String> s, List<String> t, @Nullable List<String> b) {
    boolean whole = order.wholeRows() && (b == null || bothChanged(s, t, b));
    List<String> merged = new ArrayList<>();
    boolean takes = false;
    boolean keeps = false;
    boolean open = false;
    for (int i = 0; i < s.size(); i++) {
      boolean theirs = b != null && t.get(i).equals(b.get(i));
      boolean ours = b != null && s.get(i).equals(b.get(i));
      boolean take;
      if (s.get(i).equals(t.get(i))) {
        merged.add(t.get(i));
        continue;
      } else if (!whole && theirs) {
        take = true;
      } else if (!whole && ours) {
        take = false;
      } else {
        take = order.policy() == Policy.SOURCE;
        if (order.policy() == Policy.STOP) {
          open = true;
          conflicts.add(entity.table() + " " + key + " " + entity.columns().get(i));
        }
      }
      takes |= take;
      keeps |= !take;
      merged.add(take ? s.get(i) : t.get(i));
    }
    count(tally(entity), open, takes, keeps);
    return merged;
  }

  /** What both changed alike was changed by neither. */
  private static boolean bothChanged(List<String> s, List<String> t, List<String> b) {
    boolean theirs = false;
    boolean ours = false;
    for (int i = 0; i < s.size(); i++) {
      boolean differ = !s.get(i).equals(t.get(i));
      ours |= differ && !s.get(i).equals(b.get(i));
      theirs |= differ && !t.get(i).equals(b.get(i));
    }
    return ours && theirs;
  }

  private static void count(Tally tally, boolean open, boolean takes, boolean keeps) {
    if (open) {
      tally.conflicts++;
    } else if (takes) {
      tally.updated++;
      tally.merged += keeps ? 1 : 0;
    } else {
      tally.keptTarget++;
    }
  }

  private @Nullable List<String> onlyInSource(
      Entity entity, String key, List<String> s, @Nullable List<String> b) {
    Tally tally = tally(entity);
    if (b == null) {
      tally.created++;
      return s;
    }
    if (s.equals(b) || order.policy() == Policy.TARGET) {
      tally.keptTarget++;
      return null;
    }
    if (order.policy() == Policy.STOP) {
      tally.conflicts++;
      conflicts.add(entity.table() + " " + key);
      return null;
    }
    tally.created++;
    return s;
  }

  private @Nullable List<String> onlyInTarget(
      Entity entity, String key, List<String> t, @Nullable List<String> b) {
    Tally tally = tally(entity);
    boolean deleted = order.fullReplace();
    if (b != null && !order.propagates()) {
      tally.goneInSource++;
    } else if (b != null) {
      deleted = t.equals(b) || order.policy() == Policy.SOURCE;
      if (!deleted && order.policy() == Policy.STOP) {
        tally.conflicts++;
        conflicts.add(entity.table() + " " + key);
      } else if (!deleted) {
        reclaimed.add(entity + " " + key);
      }
    }
    tally.deleted += deleted ? 1 : 0;
    tally.onlyInTarget += deleted ? 0 : 1;
    return deleted ? null : t;
  }
}
