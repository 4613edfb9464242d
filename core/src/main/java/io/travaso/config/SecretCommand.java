package io.travaso.config;

import io.travaso.SyncException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the command that prints a secret: without a shell, without input, its errors thrown away
 * since they might quote the secret.
 */
final class SecretCommand {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 1 << 16;

  private SecretCommand() {}

  static String run(List<String> command, Path directory) {
    return run(command, directory, LIMIT);
  }

  static String run(List<String> command, Path directory, Duration limit) {
    String name = command.get(0);
    Process process = start(command, directory);
    try {
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(() -> output(process.getInputStream()));
      byte[] bytes = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (bytes.length > MOST_BYTES) {
        throw failed(name, "printed more than a secret", "let it print the secret alone");
      }
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      if (process.exitValue() != 0) {
        throw failed(
            name,
            "ended with exit code " + process.exitValue(),
            "run it by hand to see why: " + name);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw failed(
          name,
          "was not done within " + limit.toSeconds() + " s",
          "it gets no terminal and no input: a question cannot be answered here");
    } catch (ExecutionException e) {
      throw failed(name, "could not be read", "run it by hand to see why: " + name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted at the secret's command " + name, "", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command, Path directory) {
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectInput(new File("/dev/null"))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          "the secret's command " + command.get(0) + " could not be started",
          "write the program and each argument as an item of the list; no shell is used",
          e);
    }
  }

  private static byte[] output(InputStream stream) {
    try (stream) {
      return stream.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SyncException failed(String name, String why, String hint) {
    return SyncException.configuration("the secret's command " + name + " " + why, hint);
  }
}
