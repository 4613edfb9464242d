package io.travaso.upgrade;

import io.travaso.config.Runbook;
import io.travaso.config.RunbookAction;
import io.travaso.config.ServiceSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What each step of an upgrade would run, in words and commands. */
final class PlanLines {
  private final Workplace workplace;
  private final ComposeFile file;
  private final TagEdit.Edited edited;

  PlanLines(Workplace workplace, ComposeFile file, TagEdit.Edited edited) {
    this.workplace = workplace;
    this.file = file;
    this.edited = edited;
  }

  List<UpgradePlan.Step> steps() {
    List<UpgradePlan.Step> steps = new ArrayList<>();
    for (UpgradeStep step : UpgradeStep.values()) {
      steps.add(new UpgradePlan.Step(step.number(), step.title(), lines(step)));
    }
    return steps;
  }

  private List<String> lines(UpgradeStep step) {
    Runbook runbook = workplace.runbook();
    return switch (step) {
      case PREFLIGHT -> runbook.preflight().checks().stream().map(Told::of).toList();
      case PULL -> pull();
      case QUIESCE -> quiesce();
      case BACKUP -> backup();
      case TAG -> file.changes(edited).stream().map(it -> it + ", with a copy beside it").toList();
      case MIGRATE -> told(runbook.migrate());
      case START -> start();
      case SMOKE -> runbook.smoke().stream().map(Told::of).toList();
      case AFTER -> after();
    };
  }

  private List<String> pull() {
    Set<String> images = new LinkedHashSet<>(edited.to().values());
    return images.stream()
        .map(
            it ->
                workplace.runbook().pull()
                    ? "docker pull " + it
                    : it + " has to be on this host: the runbook pulls none")
        .toList();
  }

  private List<String> quiesce() {
    ServiceSettings.Quiesce quiesce = workplace.service().quiesce();
    List<String> lines = new ArrayList<>(commands(quiesce.before()));
    if (!quiesce.pause().isEmpty()) {
      lines.add("docker compose pause " + String.join(" ", quiesce.pause()));
    }
    if (!quiesce.stop().isEmpty()) {
      lines.add("docker compose stop " + String.join(" ", quiesce.stop()));
    }
    return lines;
  }

  private static List<String> commands(List<ServiceSettings.ServiceCommand> commands) {
    return commands.stream().map(it -> Told.of(Runbook.Program.of(it))).toList();
  }

  private List<String> backup() {
    List<String> lines = new ArrayList<>();
    workplace
        .service()
        .databases()
        .forEach((name, it) -> lines.add("dump of " + name + ": " + it.place()));
    workplace
        .service()
        .volumes()
        .forEach(
            (name, it) ->
                lines.add("archive of " + name + ": " + it.path() + " of " + it.service()));
    for (Runbook.Image image : workplace.runbook().images()) {
      if (image.data() != null) {
        lines.add("docker compose stop " + image.service());
        lines.add("archive of its data: " + image.data() + " of " + image.service());
      }
    }
    return lines;
  }

  private List<String> start() {
    List<String> lines = new ArrayList<>();
    lines.add(
        Told.of(new RunbookAction.Up(Forward.upped(workplace)), workplace.service().compose()));
    List<String> stopped = new ArrayList<>(workplace.service().quiesce().stop());
    stopped.removeAll(Forward.upped(workplace));
    if (!stopped.isEmpty()) {
      lines.add("docker compose start " + String.join(" ", stopped));
    }
    lines.addAll(commands(workplace.service().quiesce().after()));
    return lines;
  }

  private List<String> after() {
    List<String> lines = new ArrayList<>(told(workplace.runbook().after().commands()));
    if (workplace.runbook().after().backup()) {
      lines.add("sync backup " + workplace.service().name());
    }
    return lines;
  }

  private List<String> told(List<RunbookAction> actions) {
    return actions.stream().map(it -> Told.of(it, workplace.service().compose())).toList();
  }
}
