package io.travaso.host;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The input of a command over SSH. sshj's own stream (0.40.0), when it is closed while the far side
 * has no room, drops what it still holds and says nothing; flushed first, it waits for room.
 */
final class SshInput extends FilterOutputStream {
  private boolean pending;

  SshInput(OutputStream channel) {
    super(channel);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    pending = true;
    out.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    pending = true;
    out.write(bytes, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
    pending = false;
  }

  /** Fails where the command ended before it took everything. */
  @Override
  public synchronized void close() throws IOException {
    try {
      if (pending) {
        flush();
      }
    } finally {
      pending = false;
      out.close();
    }
  }
}
