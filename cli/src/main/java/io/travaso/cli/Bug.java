package io.travaso.cli;

import io.travaso.cli.command.Session;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Failure;
import io.travaso.cli.output.Printer;
import io.travaso.cli.output.RunLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Something that should not have happened. It is told as such; its trace goes to a file. */
final class Bug {
  private Bug() {}

  static Failure failure(Throwable bug, Session session, Printer printer) {
    return new Failure(
        ExitCode.FAILED,
        "This is a mistake in Travaso, not yours: " + bug.getClass().getSimpleName(),
        "Please report it with what " + traced(bug, session, printer) + " says about it.",
        List.of());
  }

  /** Where the trace is: in the log or, where there is none, in a file of its own. */
  private static String traced(Throwable bug, Session session, Printer printer) {
    RunLog log = session.logOfBug().orElse(null);
    if (log != null) {
      log.trace(bug);
      if (log.isWritten()) {
        return log.file().toString();
      }
    }
    try {
      // On POSIX systems a temporary file is its owner's alone.
      Path file = Files.createTempFile("travaso-", ".log");
      try (PrintWriter writer =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        bug.printStackTrace(writer);
      }
      return file.toString();
    } catch (IOException e) {
      printer.warns("The trace can't be written to a file: " + e.getMessage());
      return "this";
    }
  }
}
