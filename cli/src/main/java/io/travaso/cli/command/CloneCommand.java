package io.travaso.cli.command;

import io.travaso.SyncException;
import io.travaso.cli.output.Result;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.CloneFlow;
import io.travaso.site.Site;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync clone}: makes a whole database a clone of another environment's. */
@picocli.CommandLine.Command(name = "clone")
public final class CloneCommand extends Command {
  @Parameters(index = "0", paramLabel = "SOURCE", descriptionKey = "parameter.clone-source")
  String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", descriptionKey = "parameter.clone-target")
  String target = "";

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Option(names = "--against-master", descriptionKey = "option.against-master")
  boolean againstMaster;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    if (source.equals(target)) {
      throw SyncException.configuration(
          "Source and target are both " + source, "Name two environments: clone prod dev");
    }
    try (Site from = session.open(settings.environment(source));
        Site to = session.open(settings.environment(target))) {
      CloneFlow flow =
          new CloneFlow(
              from, to, session.guard(), session.observer(), session.consent(force, json));
      return new OperationResult(flow.run(dryRun, againstMaster));
    }
  }
}
