package io.travaso.cli;

import io.travaso.NearestName;
import io.travaso.cli.command.Arguments;
import io.travaso.cli.command.Command;
import io.travaso.cli.command.Commands;
import io.travaso.cli.command.Launch;
import io.travaso.cli.command.Usage;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Failure;
import io.travaso.cli.output.JsonPrinter;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Printer;
import io.travaso.cli.output.TextPrinter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The program, but for what belongs to a process: it neither exits nor looks around by itself. */
public final class Program {
  private static final int WIDEST_HELP = 100;
  private static final int NARROWEST_HELP = 60;
  private static final int USUAL_HELP = 80;

  private final Launch launch;
  private volatile @Nullable Execution execution;

  public Program(Launch launch) {
    this.launch = launch;
  }

  /** Runs a command, and says what the process is to exit with. */
  public int run(String... args) {
    return run(List.of(args)).number();
  }

  private ExitCode run(List<String> args) {
    String first = args.isEmpty() ? "" : args.get(0);
    return switch (first) {
      case "" -> usage(Usage.program(launch.program(), language()), ExitCode.USAGE);
      case "-h", "--help" -> usage(Usage.program(launch.program(), language()), ExitCode.DONE);
      case "-V", "--version" -> version();
      case "help" -> help(args.subList(1, args.size()));
      case WarmUp.NAME -> warmUp();
      default ->
          Commands.names().contains(first)
              ? command(first, args.subList(1, args.size()))
              : unknown(first, args);
    };
  }

  private Language language() {
    return launch.console().language();
  }

  private ExitCode help(List<String> args) {
    return run(args.isEmpty() ? List.of("--help") : List.of(args.get(0), "--help"));
  }

  private ExitCode version() {
    launch.console().out().println("Travaso " + launch.version());
    return ExitCode.DONE;
  }

  private ExitCode warmUp() {
    new WarmUp(launch).run();
    return ExitCode.DONE;
  }

  private ExitCode usage(CommandLine line, ExitCode exitCode) {
    Console console = launch.console();
    boolean asked = exitCode == ExitCode.DONE;
    int columns = console.terminal().columns();
    int width = columns == 0 ? USUAL_HELP : columns;
    line.getCommandSpec()
        .usageMessage()
        .width(Math.max(NARROWEST_HELP, Math.min(width, WIDEST_HELP)));
    boolean colours = (asked ? console.outStyle() : console.errStyle()).colours();
    line.usage(asked ? console.out() : console.err(), colours ? Ansi.ON : Ansi.OFF);
    return exitCode;
  }

  private ExitCode command(String name, List<String> args) {
    Command command = Commands.create(name);
    List<String> problems = Arguments.read(command, args);
    if (command.help()) {
      CommandLine line = Usage.command(launch.program(), name, Commands.create(name), language());
      return usage(line, ExitCode.DONE);
    }
    if (!problems.isEmpty()) {
      return misused(name, problems, args);
    }
    return execution(command.json()).run(command, name, args);
  }

  private ExitCode unknown(String first, List<String> args) {
    List<String> options = args.stream().filter(arg -> Commands.names().contains(arg)).toList();
    String program = launch.program();
    String hint =
        first.startsWith("-") && !options.isEmpty()
            ? "Options come after the command: " + program + " " + options.get(0) + " " + first
            : NearestName.of(first, Commands.names())
                .map(nearest -> "Did you mean " + program + " " + nearest + "?")
                .orElse(program + " --help lists them.");
    return fail("There is no command " + first, hint, List.of(), args);
  }

  private ExitCode misused(String name, List<String> problems, List<String> args) {
    String called = launch.program() + " " + name;
    String hint = called + " --help shows its options.";
    return problems.size() == 1
        ? fail(called + ": " + problems.get(0), hint, List.of(), args)
        : fail(called + " can't be run like this", hint, problems, args);
  }

  private ExitCode fail(String what, String hint, List<String> details, List<String> args) {
    printer(args.contains("--json")).failed(new Failure(ExitCode.USAGE, what, hint, details));
    return ExitCode.USAGE;
  }

  private Execution execution(boolean json) {
    Execution created = new Execution(launch, printer(json), messages());
    execution = created;
    return created;
  }

  private Messages messages() {
    return new Messages(language(), ZoneId.systemDefault());
  }

  private Printer printer(boolean json) {
    Console console = launch.console();
    return json
        ? new JsonPrinter(
            new PrintStream(console.out(), false, StandardCharsets.UTF_8),
            console,
            messages(),
            new Messages(Language.ENGLISH, ZoneOffset.UTC),
            launch.nanoTime())
        : new TextPrinter(console, messages(), launch.nanoTime());
  }

  /**
   * Ctrl-C: says what was reached, and gives the work a moment to clean up.
   *
   * @param worker the thread that called {@link #run}
   */
  public void interrupt(Thread worker) {
    Execution running = execution;
    if (running != null) {
      running.interrupt(worker);
    }
  }
}
