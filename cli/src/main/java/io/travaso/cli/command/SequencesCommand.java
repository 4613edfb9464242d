package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SequenceFlow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code sync sequences}: from which numbers each environment draws its keys. */
@picocli.CommandLine.Command(name = SequenceFlow.COMMAND)
public final class SequencesCommand extends Command {
  @Option(names = "--split", descriptionKey = "option.split")
  boolean split;

  @Option(names = "--join", descriptionKey = "option.join")
  boolean join;

  @Option(names = "--env", paramLabel = "NAME", descriptionKey = "option.env-only")
  @Nullable String environment;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public void check(List<String> problems) {
    if (split && join) {
      problems.add("--split and --join are opposites: say one");
    }
    if (!split && !join && (dryRun || force)) {
      problems.add("Without --split or --join nothing is written: leave out --dry-run and --force");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = split || join ? session.beginRun(config) : session.readConfig(config);
    List<Environment> chosen =
        environment == null
            ? List.copyOf(settings.environments().values())
            : List.of(settings.environment(environment));
    List<Environment> rest =
        settings.environments().values().stream().filter(e -> !chosen.contains(e)).toList();
    try (OpenSites sites = new OpenSites(chosen, session);
        OpenSites others = new OpenSites(rest, session)) {
      SequenceFlow flow =
          new SequenceFlow(
              sites.all(),
              others.all(),
              List.copyOf(settings.environments().keySet()),
              session.guard(),
              session.observer(),
              session.consent(force, json));
      if (!split && !join) {
        return new SequencesResult(flow.list());
      }
      return new OperationResult(split ? flow.split(dryRun) : flow.join(dryRun));
    }
  }
}
