package io.travaso;

import io.travaso.SyncException.Kind;
import java.util.Comparator;
import java.util.List;

/**
 * What a check found: what it is about and, unless all is well, what to do.
 *
 * @param kind the class of failure it would be; says nothing where all is well
 * @param hint what to do next; empty where there is nothing to advise
 */
public record Finding(Severity severity, Kind kind, String what, String hint) {

  /** How grave it is: doctor's green, yellow and red. */
  public enum Severity {
    OK,
    WARNING,
    /** Nothing may be written while this stands. */
    PROBLEM
  }

  public static Finding ok(String what) {
    return new Finding(Severity.OK, Kind.FAILED, what, "");
  }

  public static Finding warning(String what, String hint) {
    return new Finding(Severity.WARNING, Kind.FAILED, what, hint);
  }

  /** Something wrong in the configuration, or in what it says of the database. */
  public static Finding problem(String what, String hint) {
    return new Finding(Severity.PROBLEM, Kind.CONFIGURATION, what, hint);
  }

  /** Something a guard says no to. */
  public static Finding refusal(String what, String hint) {
    return new Finding(Severity.PROBLEM, Kind.REFUSED, what, hint);
  }

  /** Something that does not work. */
  public static Finding failure(String what, String hint) {
    return new Finding(Severity.PROBLEM, Kind.FAILED, what, hint);
  }

  /** A failure as one finding among others. */
  public static Finding of(SyncException failure) {
    String details =
        failure.details().isEmpty() ? "" : " (" + String.join("; ", failure.details()) + ")";
    return new Finding(Severity.PROBLEM, failure.kind(), failure.what() + details, failure.hint());
  }

  /**
   * Throws all problems among these as one exception; does nothing where there are none.
   *
   * @param what what can't be done because of them
   */
  public static void throwProblems(String what, List<Finding> findings) {
    List<Finding> problems = findings.stream().filter(Finding::isProblem).distinct().toList();
    if (problems.isEmpty()) {
      return;
    }
    // What keeps the other checks from being made comes first.
    List<Kind> order = List.of(Kind.HOST, Kind.CONFIGURATION, Kind.REFUSED);
    Kind kind =
        problems.stream()
            .map(Finding::kind)
            .min(Comparator.comparingInt(k -> order.contains(k) ? order.indexOf(k) : order.size()))
            .orElse(Kind.FAILED);
    if (problems.size() == 1) {
      throw new SyncException(kind, problems.get(0).what(), problems.get(0).hint(), List.of());
    }
    throw new SyncException(
        kind,
        what + ": " + problems.size() + " problems",
        "Nothing was written.",
        problems.stream().map(Finding::line).toList());
  }

  public boolean isProblem() {
    return severity == Severity.PROBLEM;
  }

  /** What and hint in one line, for lists. */
  public String line() {
    return hint.isEmpty() ? what : what + " → " + hint;
  }
}
