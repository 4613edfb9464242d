package io.travaso.model;

import io.travaso.model.Order.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
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
 * <p>The base is what both sides agreed on last; null where they never did, or nobody knows any
 * more. Then the source wins.
 */
final class ThreeWay {
  private final Order order;
  private final Rows source;
  private final Rows target;
  private final @Nullable Rows base;
  private final Rows after = Rows.none();
  private final Map<Entity, Tally> tallies = new EnumMap<>(Entity.class);
  private final Set<String> conflicts = new TreeSet<>();

  ThreeWay(Order order, Rows source, Rows target, @Nullable Rows base) {
    this.order = order;
    this.source = source;
    this.target = target;
    this.base = base;
    for (Entity entity : Entity.values()) {
      tallies.put(entity, new Tally());
      Set<String> keys = new TreeSet<>(source.get(entity).keySet());
      keys.addAll(target.get(entity).keySet());
      keys.forEach(key -> merge(entity, key));
    }
  }

  /** The target's rows afterwards, if nothing is left to be settled. */
  Rows after() {
    return after;
  }

  /** What is not settled: table, key and, where there is one, column. */
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
      if (base != null) {
        base.get(entity)
            .forEach(
                (key, row) -> {
                  if (after.get(entity).containsKey(key)) {
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
    List<String> b = base == null || order.fullReplace() ? null : base.get(entity).get(key);
    Tally tally = tally(entity);
    List<String> merged = merged(entity, key, s, t, b);
    if (merged != null) {
      after.get(entity).put(key, merged);
    }
    if (t == null) {
      tally.created += merged == null ? 0 : 1;
    } else if (merged == null) {
      tally.deleted++;
    } else if (!merged.equals(t)) {
      tally.updated++;
    } else if (s == null) {
      tally.onlyInTarget++;
    } else {
      tally.unchanged++;
    }
  }

  private @Nullable List<String> merged(
      Entity entity,
      String key,
      @Nullable List<String> s,
      @Nullable List<String> t,
      @Nullable List<String> b) {
    if (s == null || t == null) {
      return oneSided(entity, key, s, t, b);
    }
    if (s.equals(t) || order.fullReplace() || base == null) {
      return s;
    }
    if (b == null) {
      return settled(entity, key, "") ? s : t;
    }
    if (order.wholeRows() && !s.equals(b) && !t.equals(b)) {
      return settled(entity, key, "") ? s : t;
    }
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      boolean here = s.get(i).equals(b.get(i));
      boolean there = t.get(i).equals(b.get(i));
      if (here || s.get(i).equals(t.get(i))) {
        merged.add(t.get(i));
      } else if (there) {
        merged.add(s.get(i));
      } else {
        merged.add(settled(entity, key, entity.columns().get(i)) ? s.get(i) : t.get(i));
      }
    }
    return merged;
  }

  private @Nullable List<String> oneSided(
      Entity entity,
      String key,
      @Nullable List<String> s,
      @Nullable List<String> t,
      @Nullable List<String> b) {
    if (s != null) {
      boolean deletedThere = b != null;
      if (!deletedThere) {
        return s;
      }
      return s.equals(b) || !settled(entity, key, "") ? null : s;
    }
    if (order.fullReplace()) {
      return null;
    }
    boolean deletedHere = b != null;
    if (!deletedHere || !order.propagates()) {
      return t;
    }
    return Objects.equals(t, b) || settled(entity, key, "") ? null : t;
  }

  /** Whether a conflict ends with what the source has; if nobody says how, it is listed. */
  private boolean settled(Entity entity, String key, String column) {
    if (order.policy() == Policy.STOP) {
      conflicts.add(entity.table() + " " + key + " " + column);
      tally(entity).conflicts++;
    }
    return order.policy() == Policy.SOURCE;
  }
}
