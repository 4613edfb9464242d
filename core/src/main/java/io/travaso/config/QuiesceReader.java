package io.travaso.config;

import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.ServiceCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what makes a service hold still. */
final class QuiesceReader {
  private QuiesceReader() {}

  /** What is under {@code quiesce}. */
  static Quiesce read(Section service, Map<String, DatabaseSettings> databases) {
    Section section = service.section("quiesce").orElse(null);
    if (section == null) {
      return Quiesce.NONE;
    }
    Quiesce quiesce =
        new Quiesce(
            section.texts("stop"),
            section.texts("pause"),
            commands(section, "before"),
            commands(section, "after"));
    for (String stopped : quiesce.stop()) {
      if (quiesce.pause().contains(stopped)) {
        section.problem("pause", "names " + stopped + ", which is stopped", "name it once");
      }
      refuseDatabase(section, "stop", stopped, databases);
    }
    quiesce.pause().forEach(paused -> refuseDatabase(section, "pause", paused, databases));
    section.refuseUnknownKeys();
    return quiesce;
  }

  private static void refuseDatabase(
      Section section, String key, String named, Map<String, DatabaseSettings> databases) {
    ServiceReader.runsDatabase(named, databases)
        .ifPresent(
            database ->
                section.problem(
                    key,
                    "names " + named + ", which runs the database " + database,
                    "it must answer while it is dumped: leave it out"));
  }

  private static List<ServiceCommand> commands(Section section, String key) {
    List<ServiceCommand> commands = new ArrayList<>();
    for (Section command : section.sections(key)) {
      String container = ServiceReader.composeService(command, "service");
      String user = command.text("user").orElse(null);
      List<String> run = command.texts("run");
      boolean list = command.node("run").orElse(null) instanceof YamlNode.Sequence;
      if (!list || run.isEmpty()) {
        command.problem(
            "run",
            "is not a list of the program and its arguments",
            "for example [php, occ, \"maintenance:mode\", --on]");
      }
      command.refuseUnknownKeys();
      commands.add(new ServiceCommand(container, user, run));
    }
    return commands;
  }
}
