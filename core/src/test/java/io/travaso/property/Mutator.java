package io.travaso.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages inputs, the same way for the same random numbers. */
final class Mutator {
  private static final int MOST_DAMAGES = 5;
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.){0,200}+\"|[\\w.+-]+|[\\[\\]{},:]");

  /** What readers of JSON and of YAML stumble over. */
  private static final List<String> TOKENS =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "-",
          "1e1000000000",
          "1E-999999999",
          "0x10",
          "01",
          "1.",
          ".5",
          "NaN",
          "9223372036854775808",
          "99999999999999999999999999",
          "-9223372036854775809",
          "2147483648",
          "1.5",
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\\udc00\\ud800\"",
          "\"\\N\"",
          "\"\\x\"",
          "\"\t\"",
          "\"\\",
          "\"pk\"",
          "\"model\"",
          "\"fields\"",
          "\"$json\"",
          "\"$json\": ",
          "{\"$json\": null}",
          "[]",
          "{}",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          "\"\\u005c\\u006e\"",
          "\"NaN\"",
          "\"2024-01-01T10:00:00Z\"",
          "\"AA==\"",
          "\"AB==\"",
          "*a",
          "&a",
          "<<: *a",
          "!!java.lang.Runtime",
          "!!binary",
          "---",
          "...",
          "? ",
          "- ",
          "|",
          ">",
          "%YAML 9.9",
          "\"\\\\x0\"",
          "~",
          "\u2028",
          "\ufeff",
          "\u0085",
          "#",
          "'",
          "\r",
          "\u0000",
          "../../etc/passwd",
          "$(id)");

  private static final byte[][] BYTES = {
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xff},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
    {0},
    {(byte) 0x1f, (byte) 0x8b},
    {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}
  };

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** A damaged copy; {@code other} is where foreign parts are taken from. */
  byte[] damaged(byte[] input, byte[] other) {
    byte[] damaged = input;
    for (int i = random.nextInt(MOST_DAMAGES); i >= 0; i--) {
      damaged = once(damaged, other);
    }
    return damaged;
  }

  private byte[] once(byte[] in, byte[] other) {
    int from = random.nextInt(in.length + 1);
    int to =
        Math.min(in.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : in.length + 1));
    return switch (random.nextInt(11)) {
      case 0 -> flipped(in);
      case 1 -> joined(in, 0, from, new byte[0], to);
      case 2 -> joined(in, 0, to, Arrays.copyOfRange(in, from, to), to);
      case 3 -> Arrays.copyOf(in, from);
      case 4 -> joined(in, 0, from, part(other), random.nextBoolean() ? from : to);
      case 5 -> joined(in, 0, from, BYTES[random.nextInt(BYTES.length)], from);
      case 6 -> joined(in, 0, from, token().getBytes(UTF_8), from);
      case 7 -> joined(in, 0, from, huge().getBytes(UTF_8), from);
      default -> exchanged(in);
    };
  }

  private byte[] flipped(byte[] in) {
    byte[] flipped = in.clone();
    if (in.length > 0) {
      flipped[random.nextInt(in.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] part(byte[] of) {
    int from = random.nextInt(of.length + 1);
    return Arrays.copyOfRange(of, from, from + random.nextInt(of.length - from + 1));
  }

  private String token() {
    return TOKENS.get(random.nextInt(TOKENS.size()));
  }

  /** Deep, long and many. */
  private String huge() {
    int count = 1 << random.nextInt(17);
    return switch (random.nextInt(8)) {
      case 0 -> "[".repeat(count);
      case 1 -> "{\"a\":".repeat(count);
      case 2 -> "[".repeat(count) + "]".repeat(count);
      case 3 -> "\"" + "è".repeat(count) + "\"";
      case 4 -> "9".repeat(count);
      case 5 -> "\\".repeat(count);
      case 6 -> " ".repeat(count);
      default -> "1,".repeat(count);
    };
  }

  /** A token takes the place of another, or two change places. */
  private byte[] exchanged(byte[] in) {
    String text = new String(in, UTF_8);
    List<MatchResult> found = TOKEN.matcher(text).results().toList();
    if (found.isEmpty()) {
      return token().getBytes(UTF_8);
    }
    MatchResult one = found.get(random.nextInt(found.size()));
    MatchResult two = found.get(random.nextInt(found.size()));
    String with = random.nextBoolean() ? two.group() : random.nextInt(8) == 0 ? huge() : token();
    return (text.substring(0, one.start()) + with + text.substring(one.end())).getBytes(UTF_8);
  }

  /** {@code in} up to {@code end}, the insertion, and {@code in} from {@code on} on. */
  private static byte[] joined(byte[] in, int start, int end, byte[] insertion, int on) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in, start, end - start);
    out.write(insertion, 0, insertion.length);
    out.write(in, on, in.length - on);
    return out.toByteArray();
  }
}
