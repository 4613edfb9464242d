package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Texts;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of the commands: what picocli knows of their options, with our texts. */
public final class Usage {
  /** What may end with conflicts, beside commands that tell differences. */
  private static final List<String> MAY_CONFLICT = List.of("apply", "undo-last-sync");

  private final String program;
  private final Texts texts;

  private Usage(String program, Language language) {
    this.program = program;
    this.texts = Texts.load("help", language);
  }

  /** The help of the program: its commands are only named, their options not looked for. */
  public static CommandLine program(String program, Language language) {
    Usage usage = new Usage(program, language);
    CommandSpec root = usage.root();
    for (String name : Commands.names()) {
      CommandSpec command = CommandSpec.create().name(name);
      command.usageMessage().header(usage.line(name + ".header")).hidden(isHidden(name));
      root.addSubcommand(name, command);
    }
    return new CommandLine(root);
  }

  /** The help of a command. */
  public static CommandLine command(
      String program, String name, Command command, Language language) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command).name(program + " " + name);
    new Usage(program, language).describe(spec, name);
    return new CommandLine(spec);
  }

  /** The program with all commands and their options. */
  static CommandLine all(String program, Language language) {
    Usage usage = new Usage(program, language);
    CommandSpec root = usage.root();
    for (String name : Commands.names()) {
      if (!isHidden(name)) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(Commands.create(name));
        usage.describe(spec, name);
        root.addSubcommand(name, spec);
      }
    }
    return new CommandLine(root);
  }

  private static boolean isHidden(String name) {
    return name.equals("site");
  }

  private CommandSpec root() {
    CommandSpec root = CommandSpec.create().name(program);
    root.addOption(
        OptionSpec.builder("-h", "--help")
            .description(line("option.help"))
            .usageHelp(true)
            .build());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .description(line("option.version"))
            .versionHelp(true)
            .build());
    root.usageMessage().synopsisSubcommandLabel(line("synopsis.command"));
    frame(root.usageMessage(), "program", ExitCode.values());
    return root;
  }

  private void describe(CommandSpec spec, String name) {
    spec.resourceBundle(texts);
    Set<ExitCode> codes = EnumSet.allOf(ExitCode.class);
    if (spec.findOption("--exit-code") == null) {
      codes.remove(ExitCode.DIFFERENCES);
      if (!MAY_CONFLICT.contains(name)) {
        codes.remove(ExitCode.CONFLICTS);
      }
    }
    frame(spec.usageMessage(), name, codes.toArray(ExitCode[]::new));
  }

  private void frame(UsageMessageSpec usage, String name, ExitCode[] exitCodes) {
    usage.header(line(name + ".header"), "");
    usage.synopsisHeading(line("heading.synopsis") + " ");
    usage.descriptionHeading("%n");
    usage.description(lines(name + ".description"));
    usage.parameterListHeading("%n");
    usage.optionListHeading("%n" + line("heading.options") + "%n");
    usage.commandListHeading("%n" + line("heading.commands") + "%n");
    usage.exitCodeListHeading("%n" + line("heading.exit-codes") + "%n");
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : exitCodes) {
      codes.put(" " + code.number(), line("exit." + code.key()));
    }
    usage.exitCodeList(codes);
    usage.footerHeading("%n" + line("heading.examples") + "%n");
    usage.footer(lines(name + ".examples"));
    usage.sortSynopsis(false);
    usage.sortOptions(false);
  }

  private String line(String key) {
    return texts.get(key).replace("{program}", program);
  }

  private String[] lines(String key) {
    return List.of(line(key).split("\n", -1)).toArray(String[]::new);
  }
}
