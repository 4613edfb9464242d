package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import java.util.Map;
import picocli.AutoComplete;

/** {@code sync completion}: prints a script by which bash and zsh complete the commands. */
@picocli.CommandLine.Command(name = "completion")
public final class CompletionCommand extends Command {

  @Override
  public Result run(Session session) {
    String program = session.program();
    return new Script(AutoComplete.bash(program, Usage.all(program, session.language())));
  }

  private record Script(String text) implements Result {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return Map.of("command", "completion", "script", text);
    }

    @Override
    public void print(Page page) {
      text.lines().forEach(page::line);
    }
  }
}
