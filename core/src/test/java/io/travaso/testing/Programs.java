package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that set a server up. */
final class Programs {
  private static final int SECONDS = 90;

  private Programs() {}

  /**
   * Runs a command to its end.
   *
   * @return what it wrote
   * @throws IllegalStateException with that text, if it fails
   */
  static String run(List<String> command) {
    try {
      // A file and not a pipe: a server that the command leaves behind would hold the pipe open.
      Path output = Files.createTempFile("travaso-command-", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IllegalStateException(
              (ended ? "Failed: " : "Still running after " + SECONDS + " s: ")
                  + String.join(" ", command)
                  + "\n"
                  + text);
        }
        return text;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command.get(0), e);
    }
  }
}
