package io.travaso.cli;

import io.travaso.cli.output.Broadcast.Reached;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Failure;
import java.util.List;

/** What Ctrl-C did, by how far the run had come. */
final class Interruption {
  private Interruption() {}

  /**
   * @param target the environment that is written to; empty where that is not known yet
   * @param program the name the program was called by
   * @param otherwise what to do where there were no steps; may be empty
   */
  static Failure failure(Reached reached, String target, String program, String otherwise) {
    String env = target.isEmpty() ? "" : " --env " + target;
    String name = target.isEmpty() ? "the target" : target;
    String history = "`" + program + " history" + env + "`";
    return switch (reached) {
      case NO_STEP -> failure("Ctrl-C", otherwise);
      case BEFORE_MERGE -> failure("nothing was written to " + name, "");
      case IN_MERGE ->
          failure(
              "the merge was at work, which is one transaction: "
                  + name
                  + " has all of it or nothing",
              history + " tells which: all of it, if the run is there as applied.");
      case AFTER_MERGE ->
          failure(
              "the merge was done: what was planned is written to " + name,
              history
                  + " shows the run, `"
                  + program
                  + " rollback-last-sync"
                  + env
                  + "` takes it back.");
    };
  }

  private static Failure failure(String what, String hint) {
    return new Failure(ExitCode.INTERRUPTED, what, hint, List.of());
  }
}
