package io.travaso.backup;

import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running program, and a file that goes with it. */
record WithFile(RunningCommand running, Path file) implements RunningCommand {

  @Override
  public InputStream output() {
    return running.output();
  }

  @Override
  public OutputStream input() {
    return running.input();
  }

  @Override
  public String errors() {
    return running.errors();
  }

  @Override
  public CommandResult waitFor() {
    return running.waitFor();
  }

  @Override
  public void close() {
    running.close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file, e);
    }
  }
}
