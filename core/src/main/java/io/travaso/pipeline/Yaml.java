package io.travaso.pipeline;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML has them. */
final class Yaml {
  /** What means itself wherever it stands; words such as no and null don't. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*([./-][A-Za-z0-9_]+)*");

  private static final Pattern WORD = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

  private Yaml() {}

  /** A text without control characters, in quotes where it needs them. */
  static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  /** Any text, in double quotes; what can't be seen is written as YAML's escapes. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    if (c == '\n') {
      return "\\n";
    }
    int type = Character.getType(c);
    boolean visible =
        c == ' '
            || !(Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED);
    return visible ? Character.toString(c) : String.format("\\U%08x", c);
  }

  static String list(List<String> texts) {
    return texts.stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Whether a text can be written as a scalar. */
  static boolean isWritable(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  /** A line with a comment behind it, if there is one; neither breaks the line. */
  static String commented(String line, String comment) {
    String text = comment.isEmpty() ? line : line + "   # " + comment;
    return text.replaceAll("\\p{Cc}", "?");
  }
}
