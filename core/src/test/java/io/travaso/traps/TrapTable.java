package io.travaso.traps;

import io.travaso.testing.Engine;
import io.travaso.testing.TestServer;
import io.travaso.traps.Bindings.Binding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was run, and how it ended. */
final class TrapTable {
  /** The servers a trap's outcome was shown on. */
  private static final Map<String, Map<Outcome, Set<String>>> SHOWN = new TreeMap<>();

  private TrapTable() {}

  static synchronized void record(String trap, Outcome outcome, TestServer server) {
    SHOWN
        .computeIfAbsent(trap, t -> new TreeMap<>())
        .computeIfAbsent(outcome, o -> new LinkedHashSet<>())
        .add(server.toString());
  }

  /** A line for each trap's outcome: the servers it was shown on, or the tests that hold it. */
  static synchronized String text() {
    StringBuilder table =
        new StringBuilder(
            "\n%-5s %-52s %-11s %s\n".formatted("trap", "", "outcome", "shown on, or held by"));
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
    return Stream.concat(
            shown(trap.id(), outcome).stream().sorted(),
            bindings.stream().filter(b -> !b.isOfSuite()).map(Binding::name).distinct())
        .collect(Collectors.joining(", "));
  }

  private static Set<String> shown(String trap, Outcome outcome) {
    return SHOWN.getOrDefault(trap, Map.of()).getOrDefault(outcome, Set.of());
  }

  /** What the suite's cases should have shown on every version of their engine and did not. */
  static synchronized List<String> notRun() {
    return Bindings.of("core").stream()
        .filter(Binding::isOfSuite)
        .flatMap(
            b ->
                engine(b).everyVersion().stream()
                    .map(TestServer::toString)
                    .filter(server -> !shown(b.trap(), b.outcome()).contains(server))
                    .map(server -> b.trap() + " " + b.outcome().text() + " on " + server))
        .distinct()
        .toList();
  }

  private static Engine engine(Binding binding) {
    return MariaDbTraps.class.isAssignableFrom(binding.test()) ? Engine.MARIADB : Engine.POSTGRESQL;
  }
}
