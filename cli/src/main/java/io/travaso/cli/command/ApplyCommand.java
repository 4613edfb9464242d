package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Direction;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.SavedPlan;
import io.travaso.pipeline.SyncReport;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync apply}: applies a saved plan, as it stands or not at all. */
@picocli.CommandLine.Command(name = "apply")
public final class ApplyCommand extends Command {
  @Parameters(arity = "1", paramLabel = "FILE", descriptionKey = "parameter.saved-plan")
  Path file;

  @Option(names = "--no-backup", descriptionKey = "option.no-backup")
  boolean noBackup;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Path here = Objects.requireNonNull(session.here(file));
    SavedPlan plan = SavedPlan.read(here);
    Direction direction = plan.direction();
    try (Site source = session.open(settings.environment(direction.source()));
        Site target = session.open(settings.environment(direction.target()))) {
      SyncReport report =
          session
              .directed(source, target, session.consent(force, json))
              .apply(plan, here, !noBackup);
      return new SyncResult(report, false, session.program(), direction.command());
    }
  }
}
