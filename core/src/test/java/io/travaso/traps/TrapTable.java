package io.travaso.traps;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was run, and how it ended. */
final class TrapTable {
  /** The versions a trap's outcome was shown on. */
  private static final Map<String, Map<Outcome, Set<Integer>>> SHOWN = new TreeMap<>();

  private TrapTable() {}

  static synchronized void record(String trap, Outcome outcome, int version) {
    SHOWN
        .computeIfAbsent(trap, t -> new TreeMap<>())
        .computeIfAbsent(outcome, o -> new TreeSet<>())
        .add(version);
  }

  /** Where a trap's outcome was shown: {@code 12, 15, 18}; empty for nowhere. */
  static synchronized String versions(String trap, Outcome outcome) {
    return SHOWN.getOrDefault(trap, Map.of()).getOrDefault(outcome, Set.of()).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
