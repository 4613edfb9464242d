package io.travaso.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What either side knows both agreed on, run by run. */
final class Agreements {
  private final Map<String, Rows> rows = new HashMap<>();
  private final List<String> dev = new ArrayList<>();
  private final List<String> prod = new ArrayList<>();

  private List<String> of(boolean prods) {
    return prods ? prod : dev;
  }

  /** A side learns of a run. */
  void learn(boolean prods, String run, Rows agreed) {
    rows.put(run, agreed);
    of(prods).add(run);
  }

  /** A side takes a run back, and with it all since. */
  void forget(boolean prods, String run) {
    List<String> runs = of(prods);
    int at = runs.indexOf(run);
    if (at >= 0) {
      runs.subList(at, runs.size()).clear();
    }
  }

  /** What both know of, the latest. */
  @Nullable Rows base() {
    for (int i = dev.size() - 1; i >= 0; i--) {
      if (prod.contains(dev.get(i))) {
        return rows.get(dev.get(i));
      }
    }
    return null;
  }
}
