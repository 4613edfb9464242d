package io.travaso;

/**
 * What a check found: what it is about and, unless all is well, what to do.
 *
 * @param hint what to do next; empty where there is nothing to advise
 */
public record Finding(Severity severity, String what, String hint) {

  /** How grave it is: doctor's green, yellow and red. */
  public enum Severity {
    OK,
    WARNING,
    /** Nothing may be written while this stands. */
    PROBLEM
  }

  public static Finding ok(String what) {
    return new Finding(Severity.OK, what, "");
  }

  public static Finding warning(String what, String hint) {
    return new Finding(Severity.WARNING, what, hint);
  }

  public static Finding problem(String what, String hint) {
    return new Finding(Severity.PROBLEM, what, hint);
  }

  public boolean isProblem() {
    return severity == Severity.PROBLEM;
  }

  /** What and hint in one line, for lists. */
  public String line() {
    return hint.isEmpty() ? what : what + " → " + hint;
  }
}
