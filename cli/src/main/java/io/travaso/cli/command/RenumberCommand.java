package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Renumber;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync renumber}: gives rows fresh keys, with everything that references them. */
@picocli.CommandLine.Command(name = Renumber.COMMAND)
public final class RenumberCommand extends Command {
  @Parameters(index = "0", paramLabel = "ENV", descriptionKey = "parameter.env")
  String environment = "";

  @Parameters(index = "1", paramLabel = "TABLE", descriptionKey = "parameter.renumber-table")
  String table = "";

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "KEY",
      descriptionKey = "parameter.renumber-key")
  List<Long> keys = new ArrayList<>();

  @Option(names = "--to", paramLabel = "NEW", descriptionKey = "option.renumber-to")
  @Nullable Long to;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public void check(List<String> problems) {
    if (to != null && keys.stream().distinct().count() > 1) {
      problems.add("--to gives one row its key: name one");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Environment chosen = settings.environment(environment);
    List<Environment> rest =
        settings.environments().values().stream().filter(e -> !e.equals(chosen)).toList();
    try (Site site = session.open(chosen);
        OpenSites others = new OpenSites(rest, session)) {
      Renumber renumber =
          new Renumber(
              site,
              others.all(),
              session.guard(),
              session.observer(),
              session.consent(force, json),
              session.run());
      return new OperationResult(renumber.run(table, keys, to, dryRun, force));
    }
  }
}
