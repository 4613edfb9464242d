package io.travaso.config;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it is told in one go. */
public final class Problems {
  private final String subject;
  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private record Problem(int line, String text) {}

  /**
   * Nothing is wrong yet.
   *
   * @param subject what is being checked, for the summary
   * @param file the short name of the file that the problems are in
   */
  public Problems(String subject, String file) {
    this.subject = subject;
    this.file = file;
  }

  /**
   * Adds a problem with a place in the file.
   *
   * @param path the key concerned, {@code environments.prod.ssh.port}; empty for the whole file
   * @param line in the file, from 1; 0 when there is none
   * @param what what is wrong, never with a secret in it
   * @param hint what to write instead; may be empty
   */
  public void add(String path, int line, String what, String hint) {
    String place = line > 0 ? file + ":" + line : file;
    String key = path.isEmpty() ? "" : path + ": ";
    problems.add(
        new Problem(line, place + ": " + key + what + (hint.isEmpty() ? "" : "; " + hint)));
  }

  /** A problem with something beside the file. */
  public void addElsewhere(String place, String what, String hint) {
    problems.add(
        new Problem(Integer.MAX_VALUE, place + ": " + what + (hint.isEmpty() ? "" : "; " + hint)));
  }

  /** Every problem on a line of its own, in the order of the file. */
  public List<String> lines() {
    return problems.stream()
        .sorted((a, b) -> Integer.compare(a.line(), b.line()))
        .map(Problem::text)
        .toList();
  }

  /** Throws a {@code CONFIGURATION} error with all of them, if there are any. */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw exception();
    }
  }

  SyncException exception() {
    String count = problems.size() == 1 ? "one problem" : problems.size() + " problems";
    return new SyncException(
        SyncException.Kind.CONFIGURATION,
        "reading " + subject + ": " + count,
        "correct the lines named below, nothing was done",
        lines());
  }
}
