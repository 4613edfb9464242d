package io.travaso.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What this machine sent to other hosts and received from them: all bytes of the connections, with
 * what SSH adds to them.
 */
public record Traffic(long sentBytes, long receivedBytes) {
  public static final Traffic NONE = new Traffic(0, 0);

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(sentBytes + other.sentBytes, receivedBytes + other.receivedBytes);
  }

  /** What has come since. */
  public Traffic since(Traffic earlier) {
    return new Traffic(sentBytes - earlier.sentBytes, receivedBytes - earlier.receivedBytes);
  }

  /** Counts while it goes on. */
  static final class Count {
    final AtomicLong sent = new AtomicLong();
    final AtomicLong received = new AtomicLong();

    Traffic soFar() {
      return new Traffic(sent.get(), received.get());
    }
  }
}
