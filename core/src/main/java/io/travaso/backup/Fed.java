package io.travaso.backup;

import io.travaso.host.CommandResult;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running program that a file is fed to, while its output is read. */
final class Fed implements RunningCommand {
  private final RunningCommand running;

  private Fed(RunningCommand running) {
    this.running = running;
  }

  static RunningCommand by(Path file, RunningCommand running) {
    Thread thread = new Thread(() -> feed(file, running), "feeding " + file.getFileName());
    thread.setDaemon(true);
    thread.start();
    return new Fed(running);
  }

  private static void feed(Path file, RunningCommand running) {
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = running.input()) {
      in.transferTo(out);
    } catch (IOException e) {
      // It takes no more: it has what it wants, or it failed and says why. A file that can't be
      // read ends early for it, which it takes for a broken one.
      return;
    }
  }

  @Override
  public InputStream output() {
    return running.output();
  }

  @Override
  public OutputStream input() {
    return OutputStream.nullOutputStream();
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
  }
}
