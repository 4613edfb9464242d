package io.travaso.upgrade;

import io.travaso.config.Runbook;
import io.travaso.config.RunbookAction;
import io.travaso.config.RunbookCheck;
import java.util.stream.Collectors;

/** What a runbook has done or asks, as people would type it. */
final class Told {
  private Told() {}

  /**
   * An action.
   *
   * @param file the project's compose file
   */
  static String of(RunbookAction action, String file) {
    String compose = "docker compose -f " + file;
    if (action instanceof RunbookAction.Up up) {
      return compose + " up -d --no-deps " + String.join(" ", up.services());
    } else if (action instanceof RunbookAction.Stop stop) {
      return compose + " stop " + String.join(" ", stop.services());
    } else if (action instanceof RunbookAction.WaitFor wait) {
      return "wait for: " + of(wait.check());
    }
    return of(((RunbookAction.Run) action).program());
  }

  static String of(Runbook.Program program) {
    StringBuilder told = new StringBuilder(program.oneOff() ? "run --rm" : "exec -T");
    if (program.user() != null) {
      told.append(" --user ").append(program.user());
    }
    program.environment().forEach((name, value) -> told.append(" -e " + name + "=" + word(value)));
    if (program.envFile() != null) {
      told.append(" --env-file ").append(program.envFile());
    }
    if (program.skipEntrypoint()) {
      told.append(" --entrypoint ''");
    }
    told.append(" ").append(program.service()).append(" ");
    return told + program.argv().stream().map(Told::word).collect(Collectors.joining(" "));
  }

  /** A word as a shell would take it. */
  private static String word(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static String of(RunbookCheck check) {
    String name = check.name() == null ? "" : check.name() + ": ";
    if (check instanceof RunbookCheck.Http http) {
      return name + "GET " + http.url();
    } else if (check instanceof RunbookCheck.Command command) {
      return name + of(command.program());
    }
    RunbookCheck.Sql sql = (RunbookCheck.Sql) check;
    return name + sql.database() + ": " + sql.query();
  }
}
