package io.travaso.host;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process whose streams somebody waits for who is interrupted meanwhile: a pipe by itself
 * does not notice. He finds the end of the output then, or nobody to write to, and learns from
 * waiting for the process that he was interrupted.
 */
final class InterruptWatch {
  private static final long LOOK_EVERY_MILLIS = 100;

  private final Process process;
  private final Runnable kill;
  private volatile @Nullable Thread reader;
  private volatile @Nullable Thread writer;

  private InterruptWatch(Process process, Runnable kill) {
    this.process = process;
    this.kill = kill;
  }

  /** Begins to watch; it ends with the process. */
  static InterruptWatch start(Process process, Runnable kill) {
    InterruptWatch watch = new InterruptWatch(process, kill);
    Thread thread = new Thread(watch::run, "interrupts of " + process.pid());
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isInterrupted(reader) || isInterrupted(writer)) {
          kill.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      // Nobody has this thread to interrupt it.
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isInterrupted(@Nullable Thread thread) {
    return thread != null && thread.isInterrupted();
  }

  InputStream output(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        reader = Thread.currentThread();
        try {
          return in.read(buffer, offset, length);
        } finally {
          reader = null;
        }
      }
    };
  }

  OutputStream input(OutputStream stream) {
    return new FilterOutputStream(stream) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        writer = Thread.currentThread();
        try {
          out.write(buffer, offset, length);
        } finally {
          writer = null;
        }
      }

      @Override
      public void flush() throws IOException {
        writer = Thread.currentThread();
        try {
          out.flush();
        } finally {
          writer = null;
        }
      }
    };
  }
}
