package io.travaso.cli;

import io.travaso.cli.command.Launch;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Language;
import io.travaso.config.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** The process: looks around, runs the program, and exits with its code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Program program = new Program(launch());
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  program.interrupt(worker);
                  destroyChildren();
                },
                "interrupt"));
    System.exit(program.run(args));
  }

  private static Launch launch() {
    Surroundings surroundings = Surroundings.ofThisProcess();
    Map<String, String> variables = surroundings.variables();
    Charset charset = Console.charset(variables);
    return new Launch(
        new Console(
            System.in,
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
            variables,
            Machine.terminal(),
            Language.of(variables, Locale.getDefault())),
        surroundings,
        Clock.systemUTC(),
        System::nanoTime,
        Machine.program(),
        Machine.version(),
        Machine.jar(),
        Machine.user(variables),
        Main::halt);
  }

  private static void halt() {
    destroyChildren();
    Runtime.getRuntime().halt(ExitCode.HOST.number());
  }

  private static void destroyChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
