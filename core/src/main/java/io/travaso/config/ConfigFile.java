package io.travaso.config;

import io.travaso.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** The text of a small UTF-8 file. */
final class ConfigFile {
  private static final int LIMIT = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigFile() {}

  /**
   * Reads it; anything wrong with the file is a {@code CONFIGURATION} error.
   *
   * @param what what the file is, for messages: {@code the configuration}
   */
  static String text(String what, Path file) {
    if (Files.isDirectory(file)) {
      throw SyncException.configuration(
          "reading " + what + " " + file + ": it is a folder", "name a file");
    }
    byte[] bytes = bytes(what, file);
    if (bytes.length > LIMIT) {
      throw SyncException.configuration(
          "reading " + what + " " + file + ": it is larger than 1 MiB", "name the right file");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw SyncException.configuration(
          "reading " + what + " " + file + ": line " + notUtf8(bytes) + " is not UTF-8",
          "save the file as UTF-8");
    }
  }

  private static byte[] bytes(String what, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LIMIT + 1);
    } catch (NoSuchFileException e) {
      throw SyncException.configuration(
          "reading " + what + " " + file + ": there is no such file", "check the path");
    } catch (AccessDeniedException e) {
      throw SyncException.configuration(
          "reading " + what + " " + file + ": permission denied",
          "let the user who runs this read it");
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          "reading " + what + " " + file + ": " + e.getMessage(),
          "check the file",
          e);
    }
  }

  /** The line that the first broken byte is in: the longest beginning that decodes ends there. */
  private static int notUtf8(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoder.decode(in, CharBuffer.allocate(bytes.length), true);
    byte[] whole = Arrays.copyOf(bytes, in.position());
    int line = 1;
    for (byte b : whole) {
      line += b == '\n' ? 1 : 0;
    }
    return line;
  }
}
