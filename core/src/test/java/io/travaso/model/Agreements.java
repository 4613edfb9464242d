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

  /** Both learn of a run, and forget what only one of them knew. */
  void learn(String run, Rows agreed) {
    String last = latest();
    for (List<String> runs : List.of(dev, prod)) {
      runs.subList(last == null ? 0 : runs.indexOf(last) + 1, runs.size()).clear();
      runs.add(run);
    }
    rows.put(run, agreed);
  }

  /** A side takes a run back, and with it all since. */
  void forget(boolean prods, String run) {
    List<String> runs = of(prods);
    int at = runs.indexOf(run);
    if (at >= 0) {
      runs.subList(at, runs.size()).clear();
    }
  }

  private @Nullable String latest() {
    for (int i = dev.size() - 1; i >= 0; i--) {
      if (prod.contains(dev.get(i))) {
        return dev.get(i);
      }
    }
    return null;
  }

  /** What both know of, the latest. */
  @Nullable Rows base() {
    String latest = latest();
    return latest == null ? null : rows.get(latest);
  }
}
