package io.travaso.host;

import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one place where text becomes part of a shell command, for a POSIX shell.
 *
 * <p>Between single quotes nothing is special but the single quote itself (POSIX.1-2017, Shell
 * Command Language, 2.2.2). A leading {@code -} is not the shell's business but the program's:
 * callers put {@code --} before names.
 */
public final class ShellQuoting {
  private ShellQuoting() {}

  /** One word whose value is exactly the text. */
  public static String quote(String text) {
    refuseNul(text);
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** A command line in which the shell is replaced by the program. */
  static String line(Command command) {
    StringBuilder line = new StringBuilder();
    for (String variable : new TreeSet<>(command.unset())) {
      line.append("unset ").append(variable).append("; ");
    }
    new TreeMap<>(command.environment())
        .forEach(
            (name, value) ->
                line.append("export ").append(name).append('=').append(quote(value)).append("; "));
    StringJoiner words = new StringJoiner(" ", "exec ", "");
    command.argv().forEach(word -> words.add(quote(word)));
    return line.append(words).toString();
  }

  /** No argument, path or variable can hold a NUL: the kernel would cut the text there. */
  static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL character in an argument, path or variable");
    }
  }
}
