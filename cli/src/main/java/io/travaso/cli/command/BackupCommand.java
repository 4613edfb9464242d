package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.ServiceSettings;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Records;
import io.travaso.pipeline.Records.BackupRow;
import io.travaso.pipeline.ServiceFlow;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync backup}: takes a backup of an environment's database, or of services. */
@picocli.CommandLine.Command(name = "backup")
public final class BackupCommand extends HoldingCommand {
  @Parameters(paramLabel = "SERVICE", arity = "0..*", descriptionKey = "parameter.services")
  List<String> services = new ArrayList<>();

  @Option(names = "--all", descriptionKey = "option.all-services")
  boolean all;

  @Option(names = "--to", paramLabel = "PLACE", descriptionKey = "option.to-place")
  @Nullable String place;

  @Option(names = "--prune", descriptionKey = "option.prune")
  boolean prune;

  @Mixin EnvironmentOption environment;

  @Override
  public void check(List<String> problems) {
    boolean ofServices = all || !services.isEmpty();
    if (all && !services.isEmpty()) {
      problems.add("--all is all services of the environment: name none besides");
    }
    if (place != null && !ofServices) {
      problems.add("--to copies backups of services: name some, or say --all");
    }
    if (place != null && prune) {
      problems.add("--prune only removes backups here: it does not go with --to");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    if (all || !services.isEmpty()) {
      return ofServices(settings, session);
    }
    Environment chosen = environment.choose(settings);
    try (Site site = session.open(chosen)) {
      return prune
          ? new OperationResult(new Records(site).prune())
          : new BackupResult(new Records(site).takeBackup(session.observer()));
    }
  }

  private Result ofServices(SyncConfig settings, Session session) {
    List<ServiceSettings> chosen = chosen(settings);
    try (Site site = session.open(settings.environment(chosen.get(0).environment()))) {
      ServiceFlow flow = new ServiceFlow(site, session.observer());
      List<String> names = chosen.stream().map(ServiceSettings::name).toList();
      return new OperationResult(prune ? flow.prune(names) : flow.backUp(names, place));
    }
  }

  /** Those that are meant, all on one host. */
  private List<ServiceSettings> chosen(SyncConfig settings) {
    if (place != null && !settings.places().containsKey(place)) {
      throw SyncException.configuration(
          "There is no place \"" + place + "\" in " + settings.file(),
          "Describe it under `places`; known are " + settings.places().keySet());
    }
    List<ServiceSettings> chosen =
        services.stream().map(name -> ServiceChoice.named(settings, name)).toList();
    if (all) {
      String name = environment.choose(settings).name();
      chosen =
          settings.services().values().stream()
              .filter(service -> service.environment().equals(name))
              .toList();
      if (chosen.isEmpty()) {
        throw SyncException.configuration(
            name + " has no services in " + settings.file(), "Describe them under `services`.");
      }
    }
    Set<String> environments = new TreeSet<>();
    chosen.forEach(service -> environments.add(service.environment()));
    if (environments.size() > 1) {
      throw SyncException.configuration(
          "These services are in different environments: " + String.join(", ", environments),
          "Back up those of one environment at a time.");
    }
    return chosen;
  }

  /** As the backup in the result of a sync. */
  private record Json(String command, String status, String environment, BackupRow backup) {}

  private record BackupResult(BackupRow backup) implements Result {
    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return new Json("backup", "applied", backup.environment(), backup);
    }

    @Override
    public void print(Page page) {
      page.text(
          "result.backed-up",
          backup.environment(),
          backup.file(),
          page.messages().size(backup.bytes()));
    }
  }
}
