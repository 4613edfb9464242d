package io.travaso.database;

/** The characters of bulk text; {@link RowSink} says what it is. */
public final class BulkText {
  public static final byte SEPARATOR = '\t';
  public static final byte ESCAPE = '\\';
  public static final byte END = '\n';

  private BulkText() {}

  /** Whether a value is NULL: exactly {@code \N}. */
  public static boolean isNull(byte[] buffer, int offset, int length) {
    return length == 2 && buffer[offset] == ESCAPE && buffer[offset + 1] == 'N';
  }

  /** The byte that {@code \c} stands for. */
  public static byte unescaped(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> c;
    };
  }

  /** The letter to write after a backslash for this byte, or 0 where it stands for itself. */
  public static byte escapeLetter(byte c) {
    return switch (c) {
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 0x0b -> 'v';
      case ESCAPE -> ESCAPE;
      default -> 0;
    };
  }
}
