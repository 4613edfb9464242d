package io.travaso.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive to its end, without unpacking it: POSIX's format with its extended headers,
 * and GNU's with its long names. Every header's checksum is checked, and no name may lead outside.
 */
final class TarStructure {
  private static final int BLOCK = 512;
  private static final int MOST_EXTENDED = 1 << 24;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private final byte[] skipped = new byte[1 << 16];
  private Map<String, String> extended = new LinkedHashMap<>();
  private long files;
  private boolean holes;

  private TarStructure(InputStream in) {
    this.in = in;
  }

  /**
   * What there is in an archive.
   *
   * @param files files, folders and links, but for the folder that holds them all
   * @param holes whether there are files with holes in GNU's way, which other programs unpack wrong
   */
  record Found(long files, boolean holes) {}

  /**
   * Reads an archive.
   *
   * @throws IOException where the archive is cut or broken, or a name leads outside
   */
  static Found read(InputStream in) throws IOException {
    TarStructure structure = new TarStructure(in);
    structure.read();
    return new Found(structure.files, structure.holes);
  }

  private void read() throws IOException {
    while (true) {
      require(BLOCK, block);
      if (isZero()) {
        end();
        return;
      }
      entry();
    }
  }

  /** Two empty blocks, and nothing but zeros after them. */
  private void end() throws IOException {
    require(BLOCK, block);
    if (!isZero()) {
      throw new IOException("an empty block stands in the middle of it");
    }
    for (int n = in.read(skipped); n >= 0; n = in.read(skipped)) {
      for (int i = 0; i < n; i++) {
        if (skipped[i] != 0) {
          throw new IOException("something stands behind its end");
        }
      }
    }
  }

  private void entry() throws IOException {
    checkSum();
    long size = number(124, 12);
    char type = (char) block[156];
    switch (type) {
      case 'x' -> extended.putAll(records(content(size)));
      case 'g' -> skip(size);
      case 'L' -> extended.put("path", text(content(size)));
      case 'K' -> extended.put("linkpath", text(content(size)));
      default -> file(type, size);
    }
  }

  private void file(char type, long size) throws IOException {
    String name = extended.getOrDefault("GNU.sparse.name", extended.getOrDefault("path", name()));
    checkName(name);
    holes |= extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"));
    boolean top = parts(name).stream().allMatch(part -> part.isEmpty() || part.equals("."));
    files += top ? 0 : 1;
    if (type == '1') {
      String target = extended.get("linkpath");
      checkName(target == null ? field(157, 100) : target);
    }
    String real = extended.get("size");
    extended = new LinkedHashMap<>();
    switch (type) {
      case '0', '\0', '7' -> skip(real == null ? size : length(real));
      case '1', '2', '3', '4', '5', '6' -> {
        // Links, devices, folders and pipes have no content.
      }
      default -> throw new IOException("it holds an entry of the unknown type " + type);
    }
  }

  private String name() {
    String prefix = isPosix() ? field(345, 155) : "";
    String name = field(0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Both begin with ustar; in GNU's the place of the prefix holds other things. */
  private boolean isPosix() {
    return block[262] == 0;
  }

  private static void checkName(String name) throws IOException {
    if (name.isEmpty() || name.startsWith("/") || parts(name).contains("..")) {
      throw new IOException("a name in it leads outside");
    }
  }

  private static List<String> parts(String name) {
    return List.of(name.split("/", -1));
  }

  private void checkSum() throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(148, 8)) {
      throw new IOException("a header's checksum is wrong");
    }
  }

  /** Octal digits, or where they don't suffice a binary number. */
  private long number(int start, int length) throws IOException {
    if ((block[start] & 0x80) != 0) {
      long number = block[start] & 0x3f;
      for (int i = start + 1; i < start + length; i++) {
        if (number >> 54 != 0) {
          throw new IOException("a number in a header is too large");
        }
        number = (number << 8) | (block[i] & 0xff);
      }
      return number;
    }
    String digits = field(start, length).strip();
    if (!digits.matches("[0-7]{0,20}")) {
      throw new IOException("a number in a header is none");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private String field(int start, int length) {
    return text(Arrays.copyOfRange(block, start, start + length));
  }

  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Records of the form {@code LENGTH KEY=VALUE\n}, the length being that of the whole record. */
  private static Map<String, String> records(byte[] bytes) throws IOException {
    Map<String, String> records = new LinkedHashMap<>();
    for (int at = 0; at < bytes.length; ) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      String digits = new String(bytes, at, space - at, StandardCharsets.US_ASCII);
      long length = length(digits);
      if (length <= space - at + 1 || length > bytes.length - at) {
        throw new IOException("an extended header is broken");
      }
      int end = at + (int) length;
      String record = new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        records.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at = end;
    }
    return records;
  }

  private static long length(@Nullable String digits) throws IOException {
    if (digits == null || !digits.matches("[0-9]{1,18}")) {
      throw new IOException("an extended header is broken");
    }
    return Long.parseLong(digits);
  }

  private byte[] content(long size) throws IOException {
    if (size > MOST_EXTENDED) {
      throw new IOException("an extended header is too long");
    }
    byte[] content = new byte[(int) size];
    require(content.length, content);
    skipExactly(padding(size));
    return content;
  }

  private void skip(long size) throws IOException {
    skipExactly(size);
    skipExactly(padding(size));
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  private void skipExactly(long size) throws IOException {
    for (long left = size; left > 0; ) {
      int n = in.read(skipped, 0, (int) Math.min(left, skipped.length));
      if (n < 0) {
        throw new EOFException("it is cut");
      }
      left -= n;
    }
  }

  private void require(int length, byte[] into) throws IOException {
    if (in.readNBytes(into, 0, length) < length) {
      throw new EOFException("it is cut");
    }
  }

  private boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
