package io.travaso.traps;

import io.travaso.testing.PostgresServer;
import io.travaso.traps.Bindings.Binding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** A line for each trap's outcome: the versions it was shown on, or the tests that hold it. */
  static synchronized String text() {
    StringBuilder table =
        new StringBuilder(
            "\n%-5s %-52s %-11s %s\n".formatted("trap", "", "outcome", "PostgreSQL, or held by"));
    for (Trap trap : TrapList.all()) {
      for (Outcome outcome : Outcome.values()) {
        List<Binding> bindings = bindings(trap, outcome);
        if (!bindings.isEmpty()) {
          table.append(
              "%-5s %-52s %-11s %s\n"
                  .formatted(
                      trap.id(), trap.title(), outcome.text(), where(trap, outcome, bindings)));
        }
      }
    }
    return table.toString();
  }

  private static List<Binding> bindings(Trap trap, Outcome outcome) {
    return Bindings.of("core").stream()
        .filter(b -> b.trap().equals(trap.id()) && b.outcome() == outcome)
        .toList();
  }

  private static String where(Trap trap, Outcome outcome, List<Binding> bindings) {
    String versions =
        versions(trap.id(), outcome).stream().map(String::valueOf).collect(Collectors.joining(" "));
    return Stream.concat(
            Stream.of(versions).filter(v -> !v.isEmpty()),
            bindings.stream().filter(b -> !b.isOfSuite()).map(Binding::name).distinct())
        .collect(Collectors.joining(", "));
  }

  private static Set<Integer> versions(String trap, Outcome outcome) {
    return SHOWN.getOrDefault(trap, Map.of()).getOrDefault(outcome, Set.of());
  }

  /** What the suite's cases should have shown on every version and did not. */
  static synchronized List<String> notRun() {
    Set<Integer> all = new TreeSet<>();
    PostgresServer.everyVersion().forEach(server -> all.add(server.majorVersion()));
    return Bindings.of("core").stream()
        .filter(b -> b.isOfSuite() && !versions(b.trap(), b.outcome()).equals(all))
        .map(b -> b.trap() + " " + b.outcome().text())
        .distinct()
        .toList();
  }
}
