package io.travaso.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a host is reached. */
final class SshReader {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5}) ?(ms|s|m)?");

  private final Surroundings surroundings;
  private final Path root;

  SshReader(Surroundings surroundings, Path root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  Ssh read(Section section) {
    Ssh ssh =
        new Ssh(
            word(section, "host", "vps.example.it"),
            section.number("port", 22, 1, 65535),
            word(section, "user", "deploy"),
            file(section, "identity", "~/.ssh/id_ed25519"),
            file(section, "known-hosts", "~/.ssh/known_hosts"),
            SecretReader.read(section, "passphrase"),
            duration(section, "connect-timeout", Duration.ofSeconds(10)));
    section.refuseUnknownKeys();
    return ssh;
  }

  /** A name of a host or of somebody there. */
  static String word(Section section, String key, String example) {
    String word = section.requiredText(key, example);
    if (word.startsWith("-") || word.contains(" ") || word.contains("@")) {
      section.problem(key, "is not a " + key + " name", "for example " + example);
    }
    return word;
  }

  private Path file(Section section, String key, String otherwise) {
    return surroundings.resolve(section.text(key).orElse(otherwise), root);
  }

  private static Duration duration(Section section, String key, Duration otherwise) {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      section.problem(key, "is not a duration", "for example 10s, 500ms or 1m");
      return otherwise;
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
