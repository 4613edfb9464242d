package io.travaso.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What either side knows both agreed on, run by run and table by table. */
final class Agreements {
  private final Map<String, Rows> rows = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Map<Entity, Chains> chains = new EnumMap<>(Entity.class);

  Agreements() {
    for (Entity entity : Entity.values()) {
      chains.put(entity, new Chains(new ArrayList<>(), new ArrayList<>()));
    }
  }

  /** The runs that each side knows of a table, the latest last. */
  private record Chains(List<String> dev, List<String> prod) {

    @Nullable String latest() {
      for (int i = dev.size() - 1; i >= 0; i--) {
        if (prod.contains(dev.get(i))) {
          return dev.get(i);
        }
      }
      return null;
    }

    /** Both learn of a run, and forget what only one of them knew. */
    void learn(String run) {
      String last = latest();
      for (List<String> runs : List.of(dev, prod)) {
        runs.subList(last == null ? 0 : runs.indexOf(last) + 1, runs.size()).clear();
        runs.add(run);
      }
    }
  }

  private Chains chains(Entity entity) {
    return Objects.requireNonNull(chains.get(entity));
  }

  /** Both learn of a run. */
  void learn(String run, Rows agreed, Collection<Entity> entities) {
    entities.forEach(entity -> chains(entity).learn(run));
    rows.put(run, agreed);
    order.add(run);
  }

  /** A side takes back what a run did to these tables, and with it all it agreed on since. */
  void forget(boolean prods, String run, Collection<Entity> entities) {
    for (Entity entity : entities) {
      List<String> runs = prods ? chains(entity).prod() : chains(entity).dev();
      runs.removeIf(each -> order.indexOf(each) >= order.indexOf(run));
    }
  }

  /** What both know of, the latest of each table; without tables that they know nothing of. */
  Rows base() {
    Rows base = new Rows(new EnumMap<>(Entity.class));
    for (Entity entity : Entity.values()) {
      String latest = chains(entity).latest();
      if (latest != null) {
        base.of().put(entity, Objects.requireNonNull(rows.get(latest)).get(entity));
      }
    }
    return base;
  }
}
