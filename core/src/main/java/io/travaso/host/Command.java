package io.travaso.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program, its arguments and the changes to its environment.
 *
 * <p>Arguments and values are never a secret: other users of the host see them in {@code ps}. They
 * are not logged either, and {@link #toString} leaves them out.
 *
 * @param argv the program and its arguments, each passed on as it is, by no shell interpreted
 * @param environment variables set for the program, besides those it inherits
 * @param unset variables the program does not inherit
 * @param timeout after which it is killed; null for as long as it takes
 */
public record Command(
    List<String> argv,
    Map<String, String> environment,
    Set<String> unset,
    @Nullable Duration timeout) {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    unset = Set.copyOf(unset);
    if (argv.isEmpty() || argv.get(0).isEmpty() || argv.get(0).startsWith("-")) {
      throw new IllegalArgumentException("a command begins with the name of a program");
    }
    argv.forEach(ShellQuoting::refuseNul);
    environment.values().forEach(ShellQuoting::refuseNul);
    environment.keySet().forEach(Command::checkVariable);
    unset.forEach(Command::checkVariable);
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), Set.of(), null);
  }

  /** The same command with one more variable in its environment. */
  public Command with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Command(argv, more, unset, timeout);
  }

  /** The same command without inheriting these variables. */
  public Command without(Set<String> variables) {
    Set<String> more = new HashSet<>(unset);
    more.addAll(variables);
    return new Command(argv, environment, more, timeout);
  }

  /** The same command with further arguments. */
  public Command and(String... arguments) {
    List<String> more = new ArrayList<>(argv);
    more.addAll(List.of(arguments));
    return new Command(more, environment, unset, timeout);
  }

  /** The same command, killed when it takes longer. */
  public Command within(Duration limit) {
    return new Command(argv, environment, unset, limit);
  }

  public String program() {
    return argv.get(0);
  }

  @Override
  public String toString() {
    return program() + " (" + (argv.size() - 1) + " arguments)";
  }

  private static void checkVariable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an environment variable: " + name);
    }
  }
}
