package io.travaso;

import java.util.List;

/**
 * Everything that can go wrong and is told to a user: what was being done and why it failed, what
 * to do next, and the rows, tables or problems concerned.
 *
 * <p>The texts never hold a secret, nor a row's values other than its key.
 */
public final class SyncException extends RuntimeException {

  /** The class of the failure; the command line maps each to one exit code. */
  public enum Kind {
    /** It did not work; the target is as it was before. */
    FAILED,
    /** The command or the configuration is wrong. */
    CONFIGURATION,
    /** Both sides changed, and nobody said which is right. */
    CONFLICTS,
    /** A guard said no: consent, direction, identity, drift, a stale plan, another run. */
    REFUSED,
    /** A host could not be reached, or a command on it failed. */
    HOST,
    /** The user interrupted it. */
    INTERRUPTED
  }

  private final Kind kind;
  private final String hint;
  private final List<String> details;

  /**
   * @param what what was being done, on what, and why it failed
   * @param hint what to do next; empty where there is nothing to advise
   * @param details the rows, tables or problems concerned, one a line
   */
  public SyncException(Kind kind, String what, String hint, List<String> details) {
    super(what);
    this.kind = kind;
    this.hint = hint;
    this.details = List.copyOf(details);
  }

  /** A failure with its technical cause. */
  public SyncException(Kind kind, String what, String hint, Throwable cause) {
    super(what, cause);
    this.kind = kind;
    this.hint = hint;
    this.details = List.of();
  }

  public static SyncException failed(String what, String hint) {
    return new SyncException(Kind.FAILED, what, hint, List.of());
  }

  public static SyncException configuration(String what, String hint) {
    return new SyncException(Kind.CONFIGURATION, what, hint, List.of());
  }

  public static SyncException refused(String what, String hint) {
    return new SyncException(Kind.REFUSED, what, hint, List.of());
  }

  public static SyncException refused(String what, String hint, List<String> details) {
    return new SyncException(Kind.REFUSED, what, hint, details);
  }

  public static SyncException host(String what, String hint) {
    return new SyncException(Kind.HOST, what, hint, List.of());
  }

  public Kind kind() {
    return kind;
  }

  /** What was being done, on what, and why it failed. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** What to do next; may be empty. */
  public String hint() {
    return hint;
  }

  public List<String> details() {
    return details;
  }
}
