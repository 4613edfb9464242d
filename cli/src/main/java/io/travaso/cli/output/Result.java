package io.travaso.cli.output;

/** What a command found or did. */
public interface Result {

  ExitCode exitCode();

  /** What {@code --json} writes as its last line: something that Jackson can write. */
  Object json();

  /** Writes it for people. */
  void print(Page page);
}
