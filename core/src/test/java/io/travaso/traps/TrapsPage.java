package io.travaso.traps;

import io.travaso.traps.Bindings.Binding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/traps.md}, made of the list and of the tests that are bound to it. */
public final class TrapsPage {
  private static final String HEAD =
      """
      # The traps

      The ways in which rows get lost, changed or mixed up between two databases, and what happens to each here. Every
      line is a test on real servers, PostgreSQL 12 to 18 or MariaDB, that goes the whole way: check, export, fixture,
      merge. There are three ways for it to end, and a silent loss is not among them:

      - **exact**: the row arrives as it was, compared as the server's text of the whole row, and a second sync finds
        nothing to do. Where it is not about rows: what must not happen does not happen.
      - **refused**: a clear error that names table, column and key; the target is exactly as it was before.
      - **documented**: a difference that the documentation names.

      This page is made of the suite's list and of the tests bound to it; a test fails when it is out of date. To write
      it anew: `%s`.
      To run the suite and see its table: `mvn -pl core verify -Dit.test=TrapsIT -Pall-postgres,all-mariadb`.
      """;

  /** Writes the page anew. */
  public static final String COMMAND =
      "mvn -q -pl cli -am test -Dtest=TrapsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dtravaso.write=true";

  private TrapsPage() {}

  /** The page as it should be. */
  public static String text() {
    List<Binding> bindings = Bindings.of("core", "cli");
    StringBuilder page = new StringBuilder(HEAD.formatted(COMMAND));
    for (TrapList.Section section : TrapList.sections()) {
      page.append("\n## ").append(section.section()).append("\n\n");
      page.append("| | trap | elsewhere | here | outcome | held by |\n|---|---|---|---|---|---|\n");
      section.traps().forEach(trap -> page.append(line(trap, bindings)));
    }
    return page.toString();
  }

  private static String line(Trap trap, List<Binding> all) {
    List<Binding> bindings = all.stream().filter(b -> b.trap().equals(trap.id())).toList();
    return "| %s | **%s** | %s | %s | %s | %s |\n"
        .formatted(
            trap.id(),
            trap.title(),
            trap.elsewhere().replace("|", "\\|"),
            trap.here().replace("|", "\\|"),
            bindings.stream()
                .map(Binding::outcome)
                .distinct()
                .sorted()
                .map(Outcome::text)
                .collect(Collectors.joining(", ")),
            bindings.stream()
                .map(b -> "`" + b.name() + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(" ")));
  }

  /** What is wrong between the list and the tests; empty where all is well. */
  public static List<String> problems() {
    List<Binding> bindings = Bindings.of("core", "cli");
    List<String> listed = TrapList.all().stream().map(Trap::id).toList();
    List<String> bound = bindings.stream().map(Binding::trap).distinct().toList();
    return Stream.concat(
            listed.stream().filter(id -> !bound.contains(id)).map(id -> "No test holds " + id),
            bound.stream()
                .filter(id -> !listed.contains(id))
                .map(id -> "No trap of the list is called " + id))
        .toList();
  }
}
