package io.travaso.upgrade;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Takes secrets out of what programs write, before it is shown or kept. */
final class Scrubber {
  /** Shorter ones would tear ordinary words apart. */
  private static final int SHORTEST = 4;

  private static final String HIDDEN = "***";
  private static final Pattern IN_ADDRESS = Pattern.compile("(://[^:/@\\s]*:)[^@\\s]+@");
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(passw|passphrase|pwd|secret|token|_key|apikey|credential|salt).*");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:passw(?:or)?d|passphrase|secret(?:_key)?|token|api_?key)[\"']?\\s*[=:]\\s*)"
              + "(?:'[^']*'|\"[^\"]*\"|\\S+)");

  private final List<String> secrets;

  Scrubber(Collection<String> secrets) {
    TreeSet<String> longestFirst =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    secrets.stream().filter(it -> it.length() >= SHORTEST).forEach(longestFirst::add);
    this.secrets = List.copyOf(longestFirst);
  }

  /** Whether a variable of this name is likely to hold one. */
  static boolean isSecret(String variable) {
    return SECRET_NAME.matcher(variable).matches();
  }

  String scrub(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    clean = IN_ADDRESS.matcher(clean).replaceAll("$1" + HIDDEN + "@");
    return ASSIGNED.matcher(clean).replaceAll("$1" + HIDDEN);
  }

  List<String> scrub(List<String> lines) {
    return lines.stream().map(this::scrub).toList();
  }
}
