package io.travaso.host;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that closes itself when the other side has been silent for too long, and counts bytes.
 *
 * <p>sshj's keepalive alone cannot do it: while an upload is stuck in a network that swallows
 * packets, the uploading thread holds the lock which the keepalive needs to send and to give up.
 * Closing the socket ends both.
 */
final class WatchedSocket extends Socket {
  private static final int LOOK_EVERY_MILLIS = 500;

  private final Traffic.Count count;
  private volatile Duration allowedSilence;

  WatchedSocket(Duration allowedSilence, Traffic.Count count) throws IOException {
    this.allowedSilence = allowedSilence;
    this.count = count;
    // Requests are small and each waits for its answer: Nagle's algorithm adds 40 ms to every one.
    setTcpNoDelay(true);
  }

  void allowSilence(Duration duration) {
    allowedSilence = duration;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    setSoTimeout(LOOK_EVERY_MILLIS);
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        long since = System.nanoTime();
        while (true) {
          try {
            int n = super.read(buffer, offset, length);
            count.received.addAndGet(Math.max(n, 0));
            return n;
          } catch (SocketTimeoutException e) {
            if (System.nanoTime() - since > allowedSilence.toNanos()) {
              WatchedSocket.this.close();
              throw new IOException("no answer for " + allowedSilence.toSeconds() + " s", e);
            }
          }
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        count.sent.incrementAndGet();
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        count.sent.addAndGet(length);
      }
    };
  }
}
