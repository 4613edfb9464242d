package io.travaso.property;

import com.sun.management.ThreadMXBean;
import io.travaso.SyncException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Reads an input as a stranger gave it: within time and memory, and without leaving anything. */
final class Bounds implements AutoCloseable {
  /** Of one input, on the clock; a hundred times what the slowest takes. */
  private static final Duration TIME = Duration.ofSeconds(60);

  /** Of the processor's time. */
  private static final Duration WORK = Duration.ofSeconds(5);

  /** What may be allocated for an input, all in all. */
  private static final long BYTES = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path folder;
  private final String name;
  private final long bytesEach;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "reader");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param name of the file that is read
   * @param bytesEach what may be allocated more for each byte of the input
   */
  Bounds(String name, long bytesEach) throws IOException {
    this.bytesEach = bytesEach;
    this.folder = Files.createTempDirectory("travaso");
    this.name = name;
  }

  /** What reading came to, and at what price. */
  private record Measured<T>(T result, long nanoseconds, long bytes) {}

  /** Reads a file with the input. */
  interface Reading<T> {
    T read(Path file) throws IOException;
  }

  /** What became of an input: what was read, or why it was refused. */
  sealed interface Outcome<T> {}

  record Taken<T>(T read) implements Outcome<T> {}

  record Refused<T>(SyncException because) implements Outcome<T> {}

  /**
   * Reads an input.
   *
   * @throws AssertionError if it did anything else than to be read or to be refused with a reason
   */
  <T> Outcome<T> read(byte[] input, Reading<T> reading) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, input);
    Measured<Outcome<T>> measured = inTime(() -> measured(() -> outcome(file, reading)));
    if (measured.nanoseconds() > WORK.toNanos() || measured.bytes() > bytes(input)) {
      // The first one loads classes.
      measured = inTime(() -> measured(() -> outcome(file, reading)));
    }
    if (measured.nanoseconds() > WORK.toNanos()) {
      throw new AssertionError("It took %d ms".formatted(measured.nanoseconds() / 1_000_000));
    }
    if (measured.bytes() > bytes(input)) {
      throw new AssertionError(
          "%d bytes were allocated for %d".formatted(measured.bytes(), input.length));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> left = files.toList();
      if (!left.equals(List.of(file)) || Files.size(file) != input.length) {
        throw new AssertionError("Something was written: " + left);
      }
    }
    return measured.result();
  }

  private long bytes(byte[] input) {
    return BYTES + bytesEach * input.length;
  }

  private static <T> Outcome<T> outcome(Path file, Reading<T> reading) throws IOException {
    try {
      return new Taken<>(reading.read(file));
    } catch (SyncException e) {
      if (e.what().isBlank()) {
        throw new AssertionError("It was refused without a reason", e);
      }
      return new Refused<>(e);
    }
  }

  private static <T> Measured<T> measured(Callable<T> work) throws Exception {
    long time = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    T result = work.call();
    return new Measured<>(
        result,
        THREADS.getCurrentThreadCpuTime() - time,
        THREADS.getCurrentThreadAllocatedBytes() - bytes);
  }

  private <T> T inTime(Callable<T> work) {
    Future<T> future = reader.submit(work);
    try {
      return future.get(TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("It hangs", e);
    } catch (ExecutionException e) {
      throw new AssertionError("It failed otherwise than by a SyncException", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.shutdownNow();
    Files.deleteIfExists(folder.resolve(name));
    Files.delete(folder);
  }
}
