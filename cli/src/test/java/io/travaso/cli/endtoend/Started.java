package io.travaso.cli.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A command at work. Its output goes to files, so that it never waits for who reads it. */
final class Started {
  private static final int SECONDS = 120;

  private final String line;
  private final Process process;
  private final Path out;
  private final Path err;

  Started(String line, Process process, Path out, Path err) {
    this.line = line;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Types lines at the terminal. */
  void type(String lines) {
    try {
      process.getOutputStream().write(lines.getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its standard input. */
  void hangUp() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said this. */
  Started saying(String text) {
    return until(() -> told().contains(text), text);
  }

  /** Waits until it waits for a lock that is held. */
  Started blockedBy(Hold hold) {
    return until(hold::blocks, "waiting for a lock");
  }

  private Started until(BooleanSupplier reached, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!reached.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("It never came to this: " + what + "\n" + line + "\n" + told());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return this;
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Ctrl-C. */
  void interrupt() {
    try {
      new ProcessBuilder("kill", "-s", "INT", String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Ended ended() {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("Still running after " + SECONDS + " s: " + line + "\n" + told());
      }
      return new Ended(line, process.exitValue(), Project.read(out), Project.read(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String told() {
    return Project.read(out) + Project.read(err);
  }
}
