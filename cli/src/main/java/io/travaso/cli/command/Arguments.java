package io.travaso.cli.command;

import io.travaso.NearestName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads a command's arguments, and finds all that is wrong with them. */
public final class Arguments {
  private Arguments() {}

  /**
   * Sets a command's options.
   *
   * @param args what comes after the command's name
   * @return what is wrong, in a sentence each
   */
  public static List<String> read(Command command, List<String> args) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    CommandLine line = new CommandLine(spec);
    line.setUnmatchedArgumentsAllowed(true);
    line.getCommandSpec().parser().collectErrors(true);
    ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
    List<String> problems = new ArrayList<>();
    parsed.errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
    String before = "";
    for (String argument : parsed.unmatched()) {
      if (argument.startsWith("-")) {
        problems.add(unknown(argument, spec));
      } else if (!isValueOf(before, argument, args)) {
        problems.add("there is no place for \"" + argument + "\"");
      }
      before = argument;
    }
    command.check(problems);
    return problems;
  }

  /** Whether an argument may be meant as the value of the option before it, which is unknown. */
  private static boolean isValueOf(String before, String argument, List<String> args) {
    return before.startsWith("-")
        && !before.contains("=")
        && args.indexOf(argument) == args.indexOf(before) + 1;
  }

  private static String unknown(String argument, CommandSpec spec) {
    String option = argument.replaceFirst("=.*", "");
    List<String> known = new ArrayList<>();
    for (OptionSpec one : spec.options()) {
      known.addAll(List.of(one.names()));
    }
    return "there is no option "
        + option
        + NearestName.of(option, known)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("");
  }
}
