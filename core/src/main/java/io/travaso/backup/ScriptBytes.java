package io.travaso.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a script in one buffer, which grows to the longest stretch that somebody keeps. What
 * was passed over is copied on, where that is wanted, with or without changes.
 */
final class ScriptBytes {
  private static final int INITIAL_BUFFER = 1 << 18;
  private static final int MAX_KEPT = Integer.MAX_VALUE - 16;
  private static final int NOT_KEPT = -1;

  private final InputStream in;
  private final @Nullable OutputStream copy;
  private byte[] buffer = new byte[INITIAL_BUFFER];
  private int at;
  private int filled;
  private int kept = NOT_KEPT;
  private int copied;

  /**
   * @param copy where all that is passed over goes; null for nowhere
   */
  ScriptBytes(InputStream in, @Nullable OutputStream copy) {
    this.in = in;
    this.copy = copy;
  }

  /** The next byte, or -1 at the end. */
  int next() throws IOException {
    return at < filled || fill() ? buffer[at++] & 0xff : -1;
  }

  /** The byte that comes next, or -1 at the end. */
  int peek() throws IOException {
    return at < filled || fill() ? buffer[at] & 0xff : -1;
  }

  /** Whether this text comes next. */
  boolean startsWith(byte[] text) throws IOException {
    while (filled - at < text.length) {
      if (!fill()) {
        return false;
      }
    }
    return Arrays.equals(buffer, at, at + text.length, text, 0, text.length);
  }

  /** Passes over bytes that {@link #startsWith} has seen. */
  void skip(int count) {
    at += count;
  }

  /** Passes over the rest of a quoted text and its end; false where it has none. */
  boolean skipQuoted(int quote, boolean backslashEscapes) throws IOException {
    while (true) {
      byte[] bytes = buffer;
      int end = filled;
      for (int i = at; i < end; i++) {
        byte b = bytes[i];
        if (b == quote) {
          at = i + 1;
          return true;
        }
        if (b == '\\' && backslashEscapes) {
          if (i + 1 == end) {
            end = i;
            break;
          }
          i++;
        }
      }
      at = end;
      if (!fill()) {
        return false;
      }
    }
  }

  /** Passes over everything up to and with a text; false where it does not come. */
  boolean skipThrough(byte[] text) throws IOException {
    while (!startsWith(text)) {
      if (next() < 0) {
        return false;
      }
    }
    skip(text.length);
    return true;
  }

  /** Keeps what comes from here on in the buffer, until {@link #release}. */
  void keep() {
    kept = at;
  }

  void release() {
    kept = NOT_KEPT;
  }

  /** How much was read since {@link #keep}. */
  int keptLength() {
    return at - kept;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where in the buffer the kept stretch begins. */
  int keptAt() {
    return kept;
  }

  /** Copies something else in the place of a part of what is kept; parts come in their order. */
  void replace(int from, int to, byte[] with) throws IOException {
    if (copy == null) {
      throw new IllegalStateException("Nothing is copied");
    }
    copy.write(buffer, copied, kept + from - copied);
    copy.write(with);
    copied = kept + to;
  }

  /** Copies on what has not been yet. */
  void finish() throws IOException {
    copyUpTo(at);
  }

  private void copyUpTo(int end) throws IOException {
    if (copy != null && end > copied) {
      copy.write(buffer, copied, end - copied);
    }
    copied = Math.max(copied, end);
  }

  private boolean fill() throws IOException {
    int start = kept == NOT_KEPT ? at : kept;
    copyUpTo(start);
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      at -= start;
      filled -= start;
      copied -= start;
      kept = kept == NOT_KEPT ? NOT_KEPT : 0;
    } else if (filled == buffer.length) {
      if (filled >= MAX_KEPT) {
        throw new IOException("a row larger than any that MariaDB takes");
      }
      buffer = Arrays.copyOf(buffer, filled > MAX_KEPT / 2 ? MAX_KEPT : filled * 2);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      return false;
    }
    filled += count;
    return true;
  }
}
