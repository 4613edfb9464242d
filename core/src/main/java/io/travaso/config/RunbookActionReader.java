package io.travaso.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a runbook has done: programs, and compose services brought up or stopped. */
final class RunbookActionReader {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(passw|passphrase|secret|token|api_?key|credential).*");

  private RunbookActionReader() {}

  static List<RunbookAction> actions(Section owner, String key) {
    List<RunbookAction> actions = new ArrayList<>();
    for (Section section : RunbookTexts.sections(owner, key)) {
      action(section).ifPresent(actions::add);
      section.refuseUnknownKeys();
    }
    return actions;
  }

  private static Optional<RunbookAction> action(Section section) {
    if (section.has("up")) {
      return Optional.of(new RunbookAction.Up(section.texts("up")));
    }
    if (section.has("stop")) {
      return Optional.of(new RunbookAction.Stop(section.texts("stop")));
    }
    if (section.has("wait-for")) {
      return section
          .section("wait-for")
          .flatMap(it -> RunbookCheckReader.check(it, RunbookCheckReader.SMOKE))
          .map(RunbookAction.WaitFor::new);
    }
    return Optional.of(new RunbookAction.Run(program(section)));
  }

  /** A program; the caller refuses the keys that are left. */
  static Runbook.Program program(Section section) {
    String service = section.requiredText("service", "app");
    String user = section.text("user").orElse(null);
    boolean oneOff = section.flag("one-off", false);
    boolean skipEntrypoint = section.flag("skip-entrypoint", false);
    if (skipEntrypoint && !oneOff) {
      section.problem("skip-entrypoint", "is for containers of its own", "add one-off: true");
    }
    return new Runbook.Program(
        service,
        user,
        RunbookTexts.argv(section),
        oneOff,
        skipEntrypoint,
        environment(section),
        section.text("env-file").orElse(null),
        Amounts.duration(section, "within").orElse(null));
  }

  private static Map<String, String> environment(Section section) {
    Map<String, String> environment = RunbookTexts.map(section, "env");
    for (String name : environment.keySet()) {
      if (!VARIABLE.matcher(name).matches()) {
        section.problem("env", "has a key that is no variable's name", "for example LANG: C.UTF-8");
      } else if (SECRET_NAME.matcher(name).matches()) {
        section.problem(
            "env",
            name + " looks like a secret, which does not belong into this file",
            "put it into a file on the service's host and name that: env-file: PATH");
      }
    }
    return environment;
  }
}
