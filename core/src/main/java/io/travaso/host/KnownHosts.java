package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A known_hosts file, read as sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT", describes it.
 *
 * <p>sshj's own reader accepts a revoked key when a plain line has it too, and lets a line match
 * every host but the one it negates; here a revocation always wins, and a negation only excludes.
 * Certificate authorities are not supported: their lines are never a reason to trust a key.
 */
final class KnownHosts {

  /** What the file says about a key a host showed. */
  enum Verdict {
    TRUSTED,
    /** No line is about this host. */
    UNKNOWN,
    /** The host's lines hold other keys only. */
    CHANGED,
    REVOKED
  }

  /** One line about keys; {@code number} counts from 1. */
  private record Line(int number, String marker, String hosts, HostKey key) {}

  private static final String REVOKED = "@revoked";
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  private final List<Line> lines;

  private KnownHosts(List<Line> lines) {
    this.lines = lines;
  }

  /** The file's lines; a file that does not exist has none. */
  static KnownHosts read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    if (!Files.exists(file)) {
      return new KnownHosts(lines);
    }
    int number = 0;
    // Comments may be in any encoding; what matters here is ASCII.
    for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      number++;
      String trimmed = text.strip();
      List<String> words = List.of(BLANKS.split(trimmed));
      int first = trimmed.startsWith("@") ? 1 : 0;
      if (!trimmed.startsWith("#") && words.size() >= first + 3) {
        HostKey key = new HostKey(words.get(first + 1), words.get(first + 2));
        String marker = first == 1 ? words.get(0) : "";
        lines.add(new Line(number, marker, words.get(first), key));
      }
    }
    return new KnownHosts(lines);
  }

  Verdict judge(String host, int port, HostKey key) {
    boolean revoked = about(host, port, REVOKED).stream().anyMatch(line -> same(line.key(), key));
    if (revoked) {
      return Verdict.REVOKED;
    }
    List<Line> plain = about(host, port, "");
    if (plain.stream().anyMatch(line -> same(line.key(), key))) {
      return Verdict.TRUSTED;
    }
    return plain.isEmpty() ? Verdict.UNKNOWN : Verdict.CHANGED;
  }

  /** The types of the keys that are trusted for a host, such as {@code ssh-rsa}. */
  List<String> types(String host, int port) {
    return about(host, port, "").stream().map(line -> line.key().type()).distinct().toList();
  }

  /** The trusted keys of a host with their lines, for messages. */
  List<String> describe(String host, int port) {
    return about(host, port, "").stream()
        .map(line -> "line " + line.number() + ": " + line.key().type() + fingerprint(line.key()))
        .toList();
  }

  private List<Line> about(String host, int port, String marker) {
    String lower = host.toLowerCase(Locale.ROOT);
    String name = port == SshSettings.DEFAULT_PORT ? lower : "[" + lower + "]:" + port;
    return lines.stream()
        .filter(line -> line.marker().equals(marker) && matches(line.hosts(), name))
        .toList();
  }

  private static String fingerprint(HostKey key) {
    try {
      return " " + key.fingerprint();
    } catch (IllegalArgumentException notBase64) {
      return " (not a valid key)";
    }
  }

  /** The blob decides: it holds its own type, and base64 has one form for it. */
  private static boolean same(HostKey a, HostKey b) {
    return MessageDigest.isEqual(a.base64().getBytes(UTF_8), b.base64().getBytes(UTF_8));
  }

  private static boolean matches(String patterns, String name) {
    boolean matched = false;
    for (String pattern : patterns.split(",", -1)) {
      boolean negated = pattern.startsWith("!");
      String positive = negated ? pattern.substring(1) : pattern;
      if (positive.startsWith("|1|") ? hashed(positive, name) : wildcard(positive, name)) {
        if (negated) {
          return false;
        }
        matched = true;
      }
    }
    return matched;
  }

  private static boolean wildcard(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.matches(regex.toString(), name);
  }

  /** {@code |1|SALT|HMAC-SHA1(SALT, NAME)}, both in base64. */
  private static boolean hashed(String pattern, String name) {
    String[] parts = pattern.split("\\|", -1);
    if (parts.length != 4) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (IllegalArgumentException notBase64) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA1", e);
    }
  }
}
